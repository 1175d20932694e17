import Foundation

/// The text of a template under the path that it has among the templates, without extension: `en/verify_email`.
public struct TemplateFile: Sendable, Equatable {
    public let path: String
    public let text: String

    public init(_ path: String, _ text: String) {
        self.path = path
        self.text = text
    }

    /// The folder it is in.
    var folder: Substring { path.prefix { $0 != "/" } }
    /// Its name there.
    var name: String { String(path.dropFirst(folder.count + 1)) }

    /// The variables that the text shows, without the names of blocks and partials.
    var variables: Set<String> {
        Set(tags.filter { tag in tag.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isAlphabetic } })
    }

    /// The names of the files that it is put into or made of.
    var parts: Set<String> {
        Set(tags.filter { $0.hasPrefix("<") || $0.hasPrefix(">") }.map { String($0.dropFirst()) })
    }

    /// What stands between double braces.
    private var tags: [String] {
        text.components(separatedBy: "{{").dropFirst().compactMap { $0.components(separatedBy: "}}").first }
    }

    /// A tag that would show a value as it is, whatever it has in it; nil for none.
    var unescapedTag: String? {
        ["{{{", "{{&", "{{ &"].first { text.contains($0) }
    }
}
