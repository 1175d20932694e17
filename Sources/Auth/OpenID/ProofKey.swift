public import Core
import Crypto
import Foundation

/// Ties the code that comes back to the browser that asked for it (PKCE, RFC 7636, with S256 only).
public struct ProofKey: Sendable {
    /// Random bytes of a verifier (RFC 7636 section 4.1 recommends 32).
    static let randomLength = 32
    /// What the code challenge is made with.
    static let method = "S256"

    /// 43 characters for a new one. A secret: kept for the callback, shown to the token endpoint only.
    public let verifier: String

    public static func make(randomness: Randomness) -> ProofKey {
        ProofKey(valid: Base64URL.encode(randomness.bytes(randomLength)))
    }

    /// The one whose verifier was kept; nil unless it has 43 to 128 unreserved characters (RFC 7636 section 4.1).
    public init?(verifier: String) {
        guard (43...128).contains(verifier.utf8.count), verifier.utf8.allSatisfy(PercentEncoding.isUnreserved)
        else { return nil }
        self.init(valid: verifier)
    }

    private init(valid verifier: String) {
        self.verifier = verifier
    }

    /// What the provider gets to see first: base64url of the verifier's SHA-256 (RFC 7636 section 4.2).
    public var challenge: String {
        Base64URL.encode(Array(SHA256.hash(data: Array(verifier.utf8))))
    }
}

extension ProofKey: Equatable {
    public static func == (left: ProofKey, right: ProofKey) -> Bool {
        ConstantTime.equal(left.verifier.utf8, right.verifier.utf8)
    }
}

extension ProofKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "ProofKey(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
