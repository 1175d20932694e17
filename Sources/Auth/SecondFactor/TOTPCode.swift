import Core

/// A code as an authenticator app shows it and a person types it.
public struct TOTPCode: Sendable {
    /// More than any way to write six digits needs.
    private static let longestInBytes = 32

    /// ASCII digits.
    let digits: [UInt8]

    /// Reads exactly six digits, with white space anywhere (`123 456`); nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.longestInBytes else { return nil }
        var digits: [UInt8] = []
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            guard ("0"..."9").contains(scalar) else { return nil }
            digits.append(UInt8(truncatingIfNeeded: scalar.value))
        }
        guard digits.count == TOTP.digits else { return nil }
        self.digits = digits
    }
}

extension TOTPCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "TOTPCode(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
