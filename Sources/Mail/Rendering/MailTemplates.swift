public import Core
import Mustache

/// The templates of mails, each rendered as HTML, as text and as a subject: one file a kind and language says the words,
/// and the folder of each format says how its parts look.
public struct MailTemplates: Sendable {
    /// Why templates can't be used: a mistake in them.
    public enum Problem: Error, Equatable {
        case malformed(path: String, reason: String)
        /// A tag that would show a value unescaped.
        case unescaped(path: String, tag: String)
        /// There is none for the kind in the language.
        case missing(MailKind, Language)
    }

    /// What a mail says.
    public struct Words: Sendable, Equatable {
        public let subject: String
        public let text: String
        public let html: String
    }

    private enum Format: String, CaseIterable {
        case subject
        case text
        case html

        /// Tells Mustache how to escape. Without it in every template, those that are included fall back to its own way.
        var pragma: String {
            switch self {
            case .subject, .text: "{{% CONTENT_TYPE: TEXT}}"
            case .html: "{{% CONTENT_TYPE: \(HTMLEscaping.name)}}"
            }
        }
    }

    private struct Place: Hashable {
        let format: Format
        let language: Language
    }

    private static let mailPrefix = "mail/"

    private let files: [TemplateFile]
    private let libraries: [Place: MustacheLibrary]

    /// - Parameter files: Those that come with Plinth unless told otherwise; of two with the same path the later counts.
    /// - Throws: ``Problem`` for a template that can't be used.
    public init(_ files: [TemplateFile] = TemplateFile.bundled) throws(Problem) {
        MustacheContentTypes.register(HTMLEscaping(), named: HTMLEscaping.name)
        self.files = files
        for file in files {
            if let tag = file.unescapedTag { throw .unescaped(path: file.path, tag: tag) }
        }
        var libraries: [Place: MustacheLibrary] = [:]
        for format in Format.allCases {
            for language in Language.allCases {
                libraries[Place(format: format, language: language)] = try Self.library(of: files, format, language)
            }
        }
        self.libraries = libraries
    }

    private static func library(
        of files: [TemplateFile], _ format: Format, _ language: Language
    ) throws(Problem) -> MustacheLibrary {
        var library = MustacheLibrary()
        for file in files {
            let name: String
            switch file.folder {
            case format.rawValue[...]: name = file.name
            case language.rawValue[...]: name = mailPrefix + file.name
            default: continue
            }
            do {
                try library.register(format.pragma + file.text, named: name)
            } catch {
                throw .malformed(path: file.path, reason: "\(error)")
            }
        }
        return library
    }

    /// The kinds that there is a template for, in any language.
    public var kinds: [MailKind] {
        let folders = Set(Language.allCases.map { $0.rawValue[...] })
        return Set(files.filter { folders.contains($0.folder) }.map(\.name)).sorted().map { MailKind($0) }
    }

    /// A page about mails, for developers.
    /// - Parameter values: Texts, lists and dictionaries by name.
    func page(_ name: String, _ values: [String: Any]) -> String? {
        libraries[Place(format: .html, language: .english)]?.render(values, withTemplate: name)
    }

    /// The names of the values that the template of the kind shows, those of the parts it is made of among them.
    public func variables(of kind: MailKind, in language: Language) -> Set<String> {
        guard let file = file("\(language.rawValue)/\(kind.rawValue)") else { return [] }
        return file.parts.reduce(file.variables) { names, part in
            names.union(self.file("\(Format.html.rawValue)/\(part)")?.variables ?? [])
        }
    }

    private func file(_ path: String) -> TemplateFile? { files.last { $0.path == path } }

    /// - Throws: ``Problem/missing(_:_:)``.
    func render(_ kind: MailKind, in language: Language, _ values: [String: String]) throws(Problem) -> Words {
        let values = values.merging(["language": language.rawValue]) { _, own in own }
        func words(_ format: Format) throws(Problem) -> String {
            let library = libraries[Place(format: format, language: language)]
            guard let words = library?.render(values, withTemplate: Self.mailPrefix + kind.rawValue)
            else { throw .missing(kind, language) }
            return words
        }
        return Words(
            subject: try words(.subject).trimmed, text: try words(.text).withoutRepeatedBlankLines + "\n",
            html: try words(.html).trimmed + "\n")
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.dropLast(start.reversed().prefix(while: \.isWhitespace).count))
    }

    /// Templates leave lines behind that hold nothing but tags.
    fileprivate var withoutRepeatedBlankLines: String {
        var lines: [Substring] = []
        for line in split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }
}
