/// Text that a header field can carry: one line, whatever was put in. A field that takes only this type can't be made
/// to end early and begin another (RFC 5322, section 2.2).
public struct HeaderText: Sendable, Hashable {
    /// What a field shows at most, in characters.
    public static let longest = 200

    public let text: String

    /// Control characters and line separators become blanks, blanks are not repeated, and what is too long is cut.
    public init(_ text: String) {
        let words = text.unicodeScalars.split { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
            default: false
            }
        }
        self.text = String(words.map { String($0) }.joined(separator: " ").prefix(Self.longest))
    }
}

extension HeaderText: ExpressibleByStringLiteral, CustomStringConvertible {
    public init(stringLiteral text: String) {
        self.init(text)
    }

    public var description: String { text }
}
