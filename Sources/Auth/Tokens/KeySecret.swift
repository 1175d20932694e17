public import Core

/// What programs show a secret for.
public protocol SecretKey {
    /// What every secret begins with, by which scanners of leaked secrets recognise it.
    static var secretPrefix: String { get }
    /// Of the key that tags the secrets.
    static var keyPurpose: String { get }
}

extension APIKey: SecretKey {
    public static var secretPrefix: String { "plk_" }
    public static var keyPurpose: String { "api-key" }
}

extension TeamAPIKey: SecretKey {
    public static var secretPrefix: String { "plt_" }
    public static var keyPurpose: String { "team-api-key" }
}

/// What a program shows to act by an API key: `plk_`, for a key of a team `plt_`, and a tagged secret (`TaggedToken`) that
/// names the key's id.
///
/// By the tag the server counts requests under the key before it looks it up; without a tag that is ours they count under
/// their address.
public struct KeySecret<Key: SecretKey>: Sendable, Equatable {
    /// What every secret begins with.
    public static var prefix: String { Key.secretPrefix }
    static var kind: TaggedToken.Kind {
        TaggedToken.Kind(prefix: prefix, payloadLength: 16, keyPurpose: Key.keyPurpose)
    }
    /// Characters of the secret that are shown to tell keys apart: of the id's random half, none of the secret part.
    private static var shownLength: Int { 25 }

    private let token: TaggedToken

    /// A new secret for the key.
    public static func make(key: ID<Key>, keys: MasterKeys, randomness: Randomness) -> KeySecret {
        KeySecret(token: .make(kind, payload: key.bytes, keys: keys, randomness: randomness))
    }

    /// Reads the text form strictly; nil for anything else. Says nothing of whether the server made it.
    public init?(_ text: String) {
        guard let token = TaggedToken(Self.kind, text) else { return nil }
        self.init(token: token)
    }

    private init(token: TaggedToken) {
        self.token = token
    }

    public var keyID: ID<Key> { ID(high: token.word(0..<8), low: token.word(8..<16)) }
    /// The whole secret, to be shown once.
    public var text: String { token.text }
    /// SHA-256 of the text: what the database keeps of it.
    public var hash: [UInt8] { token.hash }
    /// What is shown of it ever after; the same for all secrets of a key.
    public var shownPrefix: String { String(text.prefix(Self.shownLength)) }

    /// Whether the server made it under one of the master keys; false as well for a key made under one taken off since.
    public func isAuthentic(_ keys: MasterKeys) -> Bool {
        token.isAuthentic(Self.kind, keys: keys)
    }
}

public typealias APIKeySecret = KeySecret<APIKey>
public typealias TeamAPIKeySecret = KeySecret<TeamAPIKey>

extension KeySecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(Key.self)Secret(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
