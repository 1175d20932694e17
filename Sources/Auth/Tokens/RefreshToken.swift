public import Core

/// What a client exchanges for its next pair of tokens, once.
///
/// `plr_` and a tagged secret (`TaggedToken`) that names session id (16 bytes) and generation (4). The tag proves that the
/// server named them, so reuse of any older token is recognised from the session's one row, and a made-up token harms no
/// session.
public struct RefreshToken: Sendable, Equatable {
    static let kind = TaggedToken.Kind(prefix: "plr_", payloadLength: 16 + 4, keyPurpose: "refresh-token")

    private let token: TaggedToken

    /// A new token for the session.
    public static func make(
        session: ID<Session>, generation: Int64, keys: MasterKeys, randomness: Randomness
    ) -> RefreshToken {
        let generation = UInt32(clamping: generation)
        let counter = (0..<4).map { UInt8(truncatingIfNeeded: generation >> (24 - 8 * UInt32($0))) }
        return RefreshToken(
            token: .make(kind, payload: session.bytes + counter, keys: keys, randomness: randomness))
    }

    /// Reads the text form strictly; nil for anything else. Says nothing of whether the server made it.
    public init?(_ text: String) {
        guard let token = TaggedToken(Self.kind, text) else { return nil }
        self.init(token: token)
    }

    private init(token: TaggedToken) {
        self.token = token
    }

    public var sessionID: ID<Session> { ID(high: token.word(0..<8), low: token.word(8..<16)) }
    /// How many rotations came before it; 0 for the first token of a session.
    public var generation: Int64 { Int64(token.word(16..<20)) }
    /// The whole token. A secret: for the client, never for a log or the database.
    public var text: String { token.text }
    /// SHA-256 of the text: what the database keeps of it.
    public var hash: [UInt8] { token.hash }

    /// Whether the server made it, under any of the master keys. One that is not authentic names a session without
    /// proof: it is refused as `refresh_invalid` and no session is touched.
    public func isAuthentic(_ keys: MasterKeys) -> Bool {
        token.isAuthentic(Self.kind, keys: keys)
    }
}

extension RefreshToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "RefreshToken(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
