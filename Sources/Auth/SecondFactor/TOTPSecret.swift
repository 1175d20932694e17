public import Core

/// What an authenticator app and the server share: 160 bits, the length of the hash (RFC 4226, section 4, R6).
public struct TOTPSecret: Sendable, Equatable {
    static let length = 20  // bytes

    private let secret: Secret

    /// A new secret.
    public static func make(randomness: Randomness) -> TOTPSecret {
        TOTPSecret(secret: Secret(randomness.bytes(length)))
    }

    /// The bytes of an earlier one, as they were unsealed; nil unless there are 20.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        secret = Secret(bytes)
    }

    private init(secret: Secret) {
        self.secret = secret
    }

    /// The bytes themselves, to be sealed before they are kept.
    public func revealed() -> [UInt8] {
        secret.revealed()
    }

    /// The secret in 32 characters for people who can't scan a code. For the one response that enrols.
    public var base32: String { Base32.rfc4648.encode(secret.revealed()) }
}

extension TOTPSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "TOTPSecret(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
