import Core

/// A matrix written out as text: the first line names the columns, each other line begins with its name.
struct PolicyTable {
    struct Cell: Hashable {
        let row: String
        let column: String
    }

    let columns: [String]
    private(set) var rows: [String] = []
    private(set) var cells: [Cell: String] = [:]

    init(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        columns = lines.first ?? []
        for line in lines.dropFirst() {
            guard let row = line.first else { continue }
            rows.append(row)
            for (column, value) in zip(columns, line.dropFirst()) { cells[Cell(row: row, column: column)] = value }
        }
    }

    subscript(row: String, column: String) -> String? { cells[Cell(row: row, column: column)] }
}

extension AccessDecision {
    /// One character for a table.
    var mark: String {
        switch self {
        case .allowed: "+"
        case .hidden: "."
        case .forbidden(.missingPermission): "-"
        case .forbidden(.outOfScope): "s"
        case .forbidden(.pendingDeletion): "d"
        case .forbidden(.roleTooHigh): "^"
        }
    }
}
