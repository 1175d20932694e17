import Foundation

/// A first or last name: 1 to 100 characters on one line.
public struct PersonName: Sendable, Hashable, CustomStringConvertible {
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

/// What a text on one line may be made of.
public enum SingleLine {
    /// One character may be many combining marks; this bounds what is stored.
    public static let longestInBytes = 1600

    /// Trims white space and brings the text to NFC.
    /// - Returns: Nil when it has more or fewer characters than `lengths` or more than ``longestInBytes``, or one in it that is
    ///   not allowed.
    public static func text(_ text: String, lengths: ClosedRange<Int>) -> String? {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
        guard lengths.contains(trimmed.count), trimmed.utf8.count <= longestInBytes,
            trimmed.unicodeScalars.allSatisfy(allows)
        else { return nil }
        return trimmed
    }

    /// Neither a control character, nor a line or paragraph separator, nor a direction override (which makes text read
    /// as something else).
    public static func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
        case .format: !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
        default: true
        }
    }
}
