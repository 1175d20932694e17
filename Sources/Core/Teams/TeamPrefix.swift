import Foundation

/// The beginning of a team's name or slug, to look for teams by.
public struct TeamPrefix: Sendable, Equatable {
    /// What ``searchKey(of:)`` of the names meant, or their slugs, begin with.
    public let key: String

    /// Without white space around it. Nil when nothing or more than a name is left.
    public init?(_ text: String) {
        let trimmed = text.trimmingCharacters(in: .whitespaces).precomposedStringWithCanonicalMapping
        guard TeamName.lengths.contains(trimmed.count), !trimmed.unicodeScalars.contains("\0") else { return nil }
        key = Self.searchKey(of: trimmed)
    }

    /// A name with the ASCII letters in lower case: what an index can be made of, whatever the database's locale is.
    public static func searchKey(of text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isASCII ? lowered($0) : $0 }))
    }

    private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(ascii: scalar) | 0x20) : scalar
    }
}
