/// What an object is, such as `image/png`: a type and a subtype without parameters (RFC 6838, section 4.2).
public struct MediaType: Sendable, Hashable {
    /// What a type may measure, in bytes.
    public static let longest = 127
    /// Bytes of which nothing is known.
    public static let bytes = MediaType(stored: "application/octet-stream")

    /// In lower case.
    public let text: String

    /// Nil for a text that is no type.
    public init?(_ text: String) {
        let text = text.lowercased()
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.longest, parts.count == 2, parts.allSatisfy(Self.isName) else { return nil }
        self.text = text
    }

    private init(stored text: String) {
        self.text = text
    }

    private static func isName(_ part: Substring) -> Bool {
        guard let first = part.unicodeScalars.first, isLetterOrDigit(first) else { return false }
        return part.unicodeScalars.allSatisfy { isLetterOrDigit($0) || "!#$&-^_.+".unicodeScalars.contains($0) }
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    }
}
