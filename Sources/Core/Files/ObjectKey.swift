/// The name of a stored object: `avatars/0198c5f0/original.png`.
///
/// Parts of small letters, digits, `-`, `_` and `.`, separated by slashes; none begins with a dot. So no name leaves the
/// place where a store keeps its objects, and every store takes the same ones.
public struct ObjectKey: Sendable, Hashable {
    /// What a key may measure, in bytes.
    public static let longest = 255
    /// What a part may measure, in bytes.
    public static let longestPart = 100

    public let text: String

    /// Nil for a text that names nothing.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.longest,
            text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy(Self.isPart)
        else { return nil }
        self.text = text
    }

    private static func isPart(_ part: Substring) -> Bool {
        guard (1...longestPart).contains(part.utf8.count), part.utf8.first != UInt8(ascii: ".") else { return false }
        return part.utf8.allSatisfy { byte in
            switch Unicode.Scalar(byte) {
            case "a"..."z", "0"..."9", "-", "_", ".": true
            default: false
            }
        }
    }
}

extension ObjectKey: CustomStringConvertible {
    public var description: String { text }
}
