import Foundation

/// The beginning of an address, to look for accounts by: a whole address is one as well.
public struct EmailPrefix: Sendable, Equatable {
    /// What ``EmailAddress/key`` of the addresses meant begins with. An international domain is found by its beginning only
    /// once it is written whole, or in its ASCII form.
    public let key: String

    /// Without white space around it. Nil when nothing or more than an address is left.
    public init?(_ text: String) {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard (1...EmailAddress.longestInBytes).contains(trimmed.utf8.count) else { return nil }
        key =
            (try? EmailAddress(parsing: trimmed))?.key
            ?? trimmed.precomposedStringWithCanonicalMapping.lowercased().precomposedStringWithCanonicalMapping
    }
}
