public import Billing
import Yams

/// Catalogues in YAML, as ``Billing/Catalogue/init(reading:)`` describes them.
public enum CatalogueFile {
    /// In bytes.
    public static let largest = 262_144
    /// Values in a file, those that aliases repeat counted as often: a few lines of aliases can stand for millions.
    static let mostValues = 20_000

    /// - Throws: ``CatalogueFileError`` for what is no YAML or too large, `CatalogueError` for what is wrong with the plans.
    public static func read(_ yaml: String) throws -> Catalogue {
        try Catalogue(reading: tree(yaml))
    }

    static func tree(_ yaml: String) throws(CatalogueFileError) -> CatalogueTree {
        guard yaml.utf8.count <= largest else { throw .tooLarge }
        let node: Node?
        do {
            node = try compose(yaml: yaml)
        } catch {
            throw .notYAML("\(error)")
        }
        var rest = mostValues
        return try node.map { node throws(CatalogueFileError) in try tree(of: node, &rest) } ?? .null
    }

    private static func tree(of node: Node, _ rest: inout Int) throws(CatalogueFileError) -> CatalogueTree {
        guard rest > 0 else { throw .tooLarge }
        rest -= 1
        switch node {
        case .mapping(let mapping):
            var entries: [CatalogueTree.Entry] = []
            for (key, value) in mapping {
                entries.append(CatalogueTree.Entry(key.string ?? "?", try tree(of: value, &rest)))
            }
            return .map(entries)
        case .sequence(let sequence):
            var items: [CatalogueTree] = []
            for item in sequence { items.append(try tree(of: item, &rest)) }
            return .list(items)
        case .scalar(let scalar):
            return value(of: scalar.string, tagged: node.tag.rawValue, bool: node.bool)
        case .alias:
            return .null
        }
    }

    /// Numbers in the form that everybody reads the same: `010` is ten to people and eight to YAML 1.1.
    private static func value(of text: String, tagged tag: String, bool: Bool?) -> CatalogueTree {
        switch tag {
        case Tag.Name.null.rawValue: return .null
        case Tag.Name.bool.rawValue: return bool.map { .bool($0) } ?? .text(text)
        case Tag.Name.int.rawValue:
            let digits = text.filter { $0 != "_" }
            guard let number = Int64(digits), "\(number)" == digits else { return .text(text) }
            return .integer(number)
        default: return .text(text)
        }
    }
}

public enum CatalogueFileError: Error, Equatable {
    /// With where and what, as the parser says it.
    case notYAML(String)
    /// Larger than ``CatalogueFile/largest``, or made so by aliases.
    case tooLarge
}

extension CatalogueFileError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notYAML(let problem): "the catalogue is no YAML: \(problem)"
        case .tooLarge: "the catalogue is larger than \(CatalogueFile.largest) bytes or repeats too much: shorten it"
        }
    }
}
