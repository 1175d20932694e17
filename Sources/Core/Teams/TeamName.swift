/// What a team is called: 1 to 100 characters on one line.
public struct TeamName: Sendable, Hashable, CustomStringConvertible {
    /// Characters as a person counts them.
    public static let lengths = 1...100

    public let text: String

    /// Trims white space and brings the text to NFC; nil when nothing or too much is left, or a control character is in it.
    public init?(_ text: String) {
        guard let line = SingleLine.text(text, lengths: Self.lengths) else { return nil }
        self.text = line
    }

    /// A name as an earlier check stored it.
    public init(stored: String) {
        text = stored
    }

    public var description: String { text }
}
