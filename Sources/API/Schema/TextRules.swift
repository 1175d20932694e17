/// What a text in a body, a query or a path must be.
public struct TextRules: Sendable {
    /// Which characters a text is made of. NUL is never among them: PostgreSQL can't store it.
    public enum Characters: Sendable {
        /// Everything but NUL.
        case any
        /// As `any`, without other control characters than tab and line breaks.
        case lines
        /// Neither control characters nor line breaks nor direction overrides.
        case line
        /// Printable ASCII without space: tokens and keys.
        case visibleASCII
    }

    /// Characters as a person counts them.
    public let length: ClosedRange<Int>
    public let characters: Characters
    public let format: TextFormat
    /// Whether white space around the text counts for nothing.
    public let isTrimmed: Bool

    public init(
        length: ClosedRange<Int>, characters: Characters = .line, format: TextFormat = .plain, isTrimmed: Bool = false
    ) {
        self.length = length
        self.characters = characters
        self.format = format
        self.isTrimmed = isTrimmed
    }

    /// Any text at all, for what the server itself writes.
    public static let unlimited = TextRules(length: 0...Int.max, characters: .any)
}

extension TextRules {
    /// One character as a person counts them may be many scalars; beyond this many bytes each, a text is too long
    /// without being counted.
    private static let bytesPerCharacter = 32

    /// The first thing that is wrong with a text; nil when nothing is.
    func problem(of text: String) -> ValidationError.Reason? {
        let content = isTrimmed ? text.trimmingWhiteSpace() : text[...]
        guard content.unicodeScalars.allSatisfy(characters.allow) else { return .invalidCharacters }
        let (mostBytes, overflow) = length.upperBound.multipliedReportingOverflow(by: Self.bytesPerCharacter)
        guard overflow || content.utf8.count <= mostBytes else { return .tooLong(maximum: length.upperBound) }
        let count = content.count
        if count < length.lowerBound { return .tooShort(minimum: length.lowerBound) }
        return count > length.upperBound ? .tooLong(maximum: length.upperBound) : nil
    }
}

extension String {
    fileprivate func trimmingWhiteSpace() -> Substring {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return Substring(scalars[first...last])
    }
}
