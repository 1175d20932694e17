import Core

/// An access token of a provider, for the person who has just come from there (RFC 6750).
public struct BearerToken: Sendable, Equatable {
    static let lengths = 1...8192  // bytes

    private let secret: Secret

    /// Nil unless the text can stand in a header: visible ASCII, which is wider than RFC 6750 section 2.1, as some
    /// providers are.
    init?(_ text: String) {
        guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        secret = Secret(text)
    }

    /// The value of `Authorization`. A secret.
    public var authorization: String {
        "Bearer " + String(decoding: secret.revealed(), as: UTF8.self)
    }
}
