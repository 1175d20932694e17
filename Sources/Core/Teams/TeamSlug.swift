import Foundation

/// The name of a team in addresses: 2 to 63 lower-case ASCII letters, digits and single hyphens between them, as a label of a
/// domain name may be (RFC 1123, section 2.1).
public struct TeamSlug: Sendable, Hashable, CustomStringConvertible {
    /// Characters, which are bytes.
    public static let lengths = 2...63

    public let text: String

    public init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy({ Self.isPlain($0) || $0 == Self.hyphen }),
            !text.hasPrefix("-"), !text.hasSuffix("-"), !text.contains("--")
        else { return nil }
        self.text = text
    }

    /// A slug as an earlier check stored it.
    public init(stored: String) {
        text = stored
    }

    /// What a name suggests, without accents: `Ötzi & Söhne` is `otzi-sohne`. A name without any Latin letter or digit is
    /// `team`.
    public init(suggestedBy name: TeamName) {
        let folded = (name.text.applyingTransform(.toLatin, reverse: false) ?? name.text)
            .folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil).lowercased()
        let words = folded.utf8.split { !Self.isPlain($0) }
        let joined = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
        // Room for what tells it from others.
        let short = joined.prefix(Self.lengths.upperBound - Self.longestMark - 1)
        let trimmed = short.hasSuffix("-") ? short.dropLast() : short
        text = TeamSlug(String(trimmed))?.text ?? "team"
    }

    /// The same, told from others by a mark of 1 to 12 lower-case letters and digits.
    public func marked(_ mark: String) -> TeamSlug? {
        mark.utf8.count <= Self.longestMark ? TeamSlug("\(text)-\(mark)") : nil
    }

    public var description: String { text }

    private static let longestMark = 12
    private static let hyphen = UInt8(ascii: "-")

    private static func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
