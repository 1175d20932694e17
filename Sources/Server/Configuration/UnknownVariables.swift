/// Variables that look like settings and are none: most likely misspelt.
enum UnknownVariables {
    /// Further apart than this, a known name is no help.
    private static let farthest = 6

    /// A sentence for each variable that begins with PLINTH_ and is not in the table.
    static func warnings(about names: some Sequence<String>) -> [String] {
        let known = ConfigurationKey.all.map(\.name)
        return names.filter { $0.hasPrefix("PLINTH_") && !known.contains($0) }.sorted().map { name in
            let nearest = known.min { distance(from: name, to: $0) < distance(from: name, to: $1) }
            let isNear = nearest.map { distance(from: name, to: $0) <= farthest } ?? false
            return "\(name) is no setting of this server and is ignored"
                + (isNear ? ": did you mean \(nearest ?? "")?" : ".")
        }
    }

    /// Letters to insert, delete or replace (Levenshtein).
    static func distance(from first: String, to second: String) -> Int {
        let second = Array(second.utf8)
        var row = Array(0...second.count)
        for (index, letter) in first.utf8.enumerated() {
            var next = [index + 1]
            for (column, other) in second.enumerated() {
                next.append(min(row[column] + (letter == other ? 0 : 1), row[column + 1] + 1, next[column] + 1))
            }
            row = next
        }
        return row.last ?? 0
    }
}
