import Core
import Crypto
import Foundation

/// A secret that shows by itself that the server made it: a prefix, and base64url of a payload, 256 random bits and a
/// 16-byte HMAC of both under a key of the server.
///
/// The tag proves what the payload names before anything is looked up, so that a made-up secret costs no query and harms
/// nothing.
struct TaggedToken: Sendable {
    static let randomLength = 32
    static let tagLength = 16

    /// What it names.
    let payload: [UInt8]
    /// The whole of it. A secret: for the client, never for a log or the database.
    let text: String
    private let signed: [UInt8]
    private let tag: [UInt8]

    /// What tells kinds of tokens apart.
    struct Kind {
        let prefix: String
        let payloadLength: Int
        /// Of the key that tags it.
        let keyPurpose: String
    }

    /// A new one.
    static func make(_ kind: Kind, payload: [UInt8], keys: MasterKeys, randomness: Randomness) -> TaggedToken {
        let signed = payload + randomness.bytes(randomLength)
        return TaggedToken(kind, signed: signed, tag: tag(of: signed, key: keys.derive(kind.keyPurpose)))
    }

    /// Reads the text form strictly; nil for anything else. Says nothing of whether the server made it.
    init?(_ kind: Kind, _ text: String) {
        guard text.utf8.starts(with: kind.prefix.utf8),
            let bytes = Base64URL.decode(text.utf8.dropFirst(kind.prefix.utf8.count)),
            bytes.count == kind.payloadLength + Self.randomLength + Self.tagLength
        else { return nil }
        self.init(kind, signed: Array(bytes.dropLast(Self.tagLength)), tag: Array(bytes.suffix(Self.tagLength)))
    }

    private init(_ kind: Kind, signed: [UInt8], tag: [UInt8]) {
        self.signed = signed
        self.tag = tag
        payload = Array(signed.prefix(kind.payloadLength))
        text = kind.prefix + Base64URL.encode(signed + tag)
    }

    /// SHA-256 of the text: what the database keeps of it.
    var hash: [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }

    /// Whether the server made it, under any of the master keys.
    func isAuthentic(_ kind: Kind, keys: MasterKeys) -> Bool {
        keys.deriveAll(kind.keyPurpose).contains { key in
            ConstantTime.equal(Self.tag(of: signed, key: key), tag)
        }
    }

    /// A number of the payload, in network order.
    func word(_ range: Range<Int>) -> UInt64 {
        payload.dropFirst(range.lowerBound).prefix(range.count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func tag(of signed: [UInt8], key: SymmetricKey) -> [UInt8] {
        Array(Array(HMAC<SHA256>.authenticationCode(for: signed, using: key)).prefix(tagLength))
    }
}

extension TaggedToken: Equatable {
    static func == (left: TaggedToken, right: TaggedToken) -> Bool {
        ConstantTime.equal(left.signed + left.tag, right.signed + right.tag)
    }
}
