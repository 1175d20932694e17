import Core
import Crypto

/// Marks a device as one that a person signed in on, so that it keeps its own count of failures: who tries passwords
/// elsewhere can't lock the person out here.
///
/// 256 random bits and a tag that binds them to the account, so that nobody makes up marks to get fresh counts. It is no
/// credential: alone it opens nothing.
public struct DeviceToken: Sendable, Equatable {
    private static let randomLength = 32  // bytes
    private static let tagLength = 32  // bytes, of HMAC-SHA-256
    private static let keyPurpose = "device-token"

    private let random: [UInt8]
    private let tag: [UInt8]

    /// Reads a cookie's value; nil when it has another form. Whose it is, if it is one of ours, shows only against an
    /// account.
    public init?(_ text: String) {
        guard text.utf8.count <= 128, let bytes = Base64URL.decode(text),
            bytes.count == Self.randomLength + Self.tagLength
        else { return nil }
        random = Array(bytes.prefix(Self.randomLength))
        tag = Array(bytes.dropFirst(Self.randomLength))
    }

    private init(random: [UInt8], tag: [UInt8]) {
        self.random = random
        self.tag = tag
    }

    /// What the cookie carries.
    public var text: String { Base64URL.encode(random + tag) }

    /// A new mark for a device of this person.
    static func make(for user: ID<User>, keys: MasterKeys, randomness: Randomness) -> DeviceToken {
        let random = randomness.bytes(randomLength)
        return DeviceToken(random: random, tag: tag(of: random, user: user, key: keys.derive(keyPurpose)))
    }

    /// Whether it was made for this person, under any of the master keys.
    func marks(_ user: ID<User>, keys: MasterKeys) -> Bool {
        keys.deriveAll(Self.keyPurpose).contains { key in
            ConstantTime.equal(Self.tag(of: random, user: user, key: key), tag)
        }
    }

    private static func tag(of random: [UInt8], user: ID<User>, key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: random + user.bytes, using: key))
    }
}

extension DeviceToken: CustomStringConvertible, CustomReflectable {
    public var description: String { "DeviceToken(redacted)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
