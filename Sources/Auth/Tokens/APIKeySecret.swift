public import Core

/// What a program shows to act by an API key: `plk_` and a tagged secret (`TaggedToken`) that names the key's id.
///
/// The fixed prefix lets scanners of leaked secrets recognise it. By the tag the server counts requests under the key before
/// it looks it up; without a tag that is ours they count under their address.
public struct APIKeySecret: Sendable, Equatable {
    /// What every secret begins with.
    public static let prefix = "plk_"
    static let kind = TaggedToken.Kind(prefix: prefix, payloadLength: 16, keyPurpose: "api-key")
    /// Characters of the secret that are shown to tell keys apart: of the id's random half, none of the secret part.
    private static let shownLength = 25

    private let token: TaggedToken

    /// A new secret for the key.
    static func make(key: ID<APIKey>, keys: MasterKeys, randomness: Randomness) -> APIKeySecret {
        APIKeySecret(token: .make(kind, payload: key.bytes, keys: keys, randomness: randomness))
    }

    /// Reads the text form strictly; nil for anything else. Says nothing of whether the server made it.
    public init?(_ text: String) {
        guard let token = TaggedToken(Self.kind, text) else { return nil }
        self.init(token: token)
    }

    private init(token: TaggedToken) {
        self.token = token
    }

    public var keyID: ID<APIKey> { ID(high: token.word(0..<8), low: token.word(8..<16)) }
    /// The whole secret, to be shown once.
    public var text: String { token.text }
    /// SHA-256 of the text: what the database keeps of it.
    var hash: [UInt8] { token.hash }
    /// What is shown of it ever after.
    var shownPrefix: String { String(text.prefix(Self.shownLength)) }

    /// Whether the server made it under one of the master keys; false as well for a key made under one taken off since.
    public func isAuthentic(_ keys: MasterKeys) -> Bool {
        token.isAuthentic(Self.kind, keys: keys)
    }
}

extension APIKeySecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "APIKeySecret(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
