/// Tells one intent to change something at the provider from another one: the same through all its tries.
public struct IdempotencyKey: Sendable, Hashable, CustomStringConvertible {
    /// Characters, which are bytes; the provider takes no more.
    public static let lengths = 1...255

    public let text: String

    /// Nil for what is no key: 1 to 255 visible ASCII characters.
    public init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.text = text
    }

    public var description: String { text }
}
