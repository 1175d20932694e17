public import Core
import Crypto
import Foundation

/// What a client exchanges for its next pair of tokens, once.
///
/// `plr_` and base64url of: session id (16 bytes), generation (4), random (32), and a 16-byte HMAC of these under a key
/// of the server. The tag proves that the server named this session and generation, so reuse of any older token is
/// recognised from the session's one row, and a made-up token harms no session.
public struct RefreshToken: Sendable {
    static let prefix = "plr_"
    static let randomLength = 32
    static let tagLength = 16
    static let signedLength = 16 + 4 + randomLength
    static let keyPurpose = "refresh-token"

    public let sessionID: ID<Session>
    /// How many rotations came before it; 0 for the first token of a session.
    public let generation: Int64
    /// The whole token. A secret: for the client, never for a log or the database.
    public let text: String
    private let signed: [UInt8]
    private let tag: [UInt8]

    /// A new token for the session.
    public static func make(
        session: ID<Session>, generation: Int64, keys: MasterKeys, randomness: Randomness
    ) -> RefreshToken {
        let generation = UInt32(clamping: generation)
        let counter = (0..<4).map { UInt8(truncatingIfNeeded: generation >> (24 - 8 * UInt32($0))) }
        let signed = session.bytes + counter + randomness.bytes(randomLength)
        return RefreshToken(signed: signed, tag: tag(of: signed, key: keys.derive(keyPurpose)))
    }

    /// Reads the text form strictly; nil for anything else. Says nothing of whether the server made it.
    public init?(_ text: String) {
        guard text.utf8.starts(with: Self.prefix.utf8),
            let bytes = Base64URL.decode(text.utf8.dropFirst(Self.prefix.utf8.count)),
            bytes.count == Self.signedLength + Self.tagLength
        else { return nil }
        self.init(signed: Array(bytes[..<Self.signedLength]), tag: Array(bytes[Self.signedLength...]))
    }

    private init(signed: [UInt8], tag: [UInt8]) {
        self.signed = signed
        self.tag = tag
        text = Self.prefix + Base64URL.encode(signed + tag)
        let words = [0..<8, 8..<16, 16..<20].map { range in
            signed[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        sessionID = ID(high: words[0], low: words[1])
        generation = Int64(words[2])
    }

    /// SHA-256 of the text: what the database keeps of it.
    public var hash: [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }

    /// Whether the server made it, under any of the master keys. One that is not authentic names a session without
    /// proof: it is refused as `refresh_invalid` and no session is touched.
    public func isAuthentic(_ keys: MasterKeys) -> Bool {
        keys.deriveAll(Self.keyPurpose).contains { key in
            ConstantTime.equal(Self.tag(of: signed, key: key), tag)
        }
    }

    private static func tag(of signed: [UInt8], key: SymmetricKey) -> [UInt8] {
        Array(Array(HMAC<SHA256>.authenticationCode(for: signed, using: key)).prefix(tagLength))
    }
}

extension RefreshToken: Equatable {
    public static func == (left: RefreshToken, right: RefreshToken) -> Bool {
        ConstantTime.equal(left.signed + left.tag, right.signed + right.tag)
    }
}

extension RefreshToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "RefreshToken(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
