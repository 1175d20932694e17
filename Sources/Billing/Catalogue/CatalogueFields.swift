import Core

/// A map of a catalogue's file, read key by key. What can't be read is nil, and told of.
struct CatalogueFields {
    private let values: [String: CatalogueTree]
    private let path: String

    init(_ entries: [CatalogueTree.Entry], at path: String) {
        values = Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        self.path = path
    }

    func path(of key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    func has(_ key: String) -> Bool {
        values[key] != nil
    }

    /// Nil where there is no such key.
    func isList(_ key: String) -> Bool? {
        values[key].map { if case .list = $0 { true } else { false } }
    }

    func isText(_ text: String, at key: String) -> Bool {
        values[key] == .text(text)
    }

    func required(_ key: String, _ problems: inout [CatalogueProblem]) -> CatalogueTree? {
        if values[key] == nil { problems.append(CatalogueProblem(path(of: key), "is missing: add it")) }
        return values[key]
    }

    func text(_ key: String, _ problems: inout [CatalogueProblem]) -> String? {
        guard let value = required(key, &problems) else { return nil }
        guard case .text(let text) = value else {
            problems.append(CatalogueProblem(path(of: key), "write a text, not \(value.kind)"))
            return nil
        }
        return text
    }

    func integer(_ key: String, _ problems: inout [CatalogueProblem]) -> Int64? {
        guard let value = required(key, &problems) else { return nil }
        guard case .integer(let number) = value else {
            let units = key == "unit_amount" ? " of the currency's smallest unit (1900 for 19.00 EUR)" : ""
            problems.append(CatalogueProblem(path(of: key), "write a whole number\(units), not \(value.kind)"))
            return nil
        }
        return number
    }

    func bool(_ key: String, else standard: Bool, _ problems: inout [CatalogueProblem]) -> Bool {
        guard let value = values[key] else { return standard }
        guard case .bool(let bool) = value else {
            problems.append(CatalogueProblem(path(of: key), "write `true` or `false`, not \(value.kind)"))
            return standard
        }
        return bool
    }

    func list(_ key: String, _ problems: inout [CatalogueProblem]) -> [(value: CatalogueTree, path: String)]? {
        guard let value = required(key, &problems) else { return nil }
        guard case .list(let items) = value else {
            problems.append(CatalogueProblem(path(of: key), "write a list, not \(value.kind)"))
            return nil
        }
        return items.enumerated().map { (value: $1, path: "\(path(of: key))[\($0)]") }
    }

    func listOrNone(_ key: String, _ problems: inout [CatalogueProblem]) -> [(value: CatalogueTree, path: String)] {
        has(key) ? list(key, &problems) ?? [] : []
    }
}
