import Core
import Foundation

/// Why an administrator acts upon somebody's account, for the audit log: 1 to 500 characters, lines allowed.
struct AdministrativeReason: Sendable {
    /// Characters as a person counts them.
    static let lengths = 1...500
    /// One character may be many combining marks; this bounds what is stored.
    static let longestInBytes = 8_000

    let text: String

    /// Trims white space.
    /// - Throws: ``AuthError/reasonRejected`` when nothing or too much is left, or a control character is in it.
    init(_ text: String) throws(AuthError) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard Self.lengths.contains(trimmed.count), trimmed.utf8.count <= Self.longestInBytes,
            trimmed.unicodeScalars.allSatisfy({ SingleLine.allows($0) || $0 == "\n" })
        else { throw .reasonRejected }
        self.text = trimmed
    }

    /// As audit rows keep it: it may tell of the person.
    var personal: [String: String] { ["reason": text] }
}
