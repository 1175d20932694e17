/// What a flag is called in the program: 1 to 64 lower-case ASCII letters, digits and `_`, `-`, `.` between them, such as
/// `new-editor`.
public struct FlagKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Characters, which are bytes.
    public static let lengths = 1...64

    public let text: String

    public init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count), let first = text.utf8.first, let last = text.utf8.last,
            Self.isPlain(first), Self.isPlain(last),
            text.utf8.allSatisfy({ Self.isPlain($0) || Self.marks.contains($0) })
        else { return nil }
        self.text = text
    }

    /// A key as an earlier check stored it.
    public init(stored: String) {
        text = stored
    }

    public var description: String { text }

    /// By bytes.
    public static func < (left: FlagKey, right: FlagKey) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    private static let marks = "_-.".utf8

    private static func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
