/// A catalogue as a file has it, decoded from YAML or whatever else and not looked at: what kind each value is, and no more.
/// Numbers with a point come as text: there is nothing in a catalogue that may be one.
public indirect enum CatalogueTree: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case text(String)
    case list([CatalogueTree])
    case map([Entry])

    /// One key of a map, in the file's order; a key may come twice.
    public struct Entry: Sendable, Equatable {
        public let key: String
        public let value: CatalogueTree

        public init(_ key: String, _ value: CatalogueTree) {
            self.key = key
            self.value = value
        }
    }
}

extension CatalogueTree {
    /// What it is, for people.
    var kind: String {
        switch self {
        case .null: "empty"
        case .bool(let value): "`\(value)`"
        case .integer(let value): "the number \(value)"
        case .text(let text): "the text `\(text.prefix(Self.longestQuote))`"
        case .list: "a list"
        case .map: "a map"
        }
    }

    /// Characters of a value that a message repeats.
    private static let longestQuote = 40
}
