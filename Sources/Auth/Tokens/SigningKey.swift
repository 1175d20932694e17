import Core
import Crypto
import Foundation

/// A key pair that signs access tokens with ES256 for a time.
struct SigningKey: Sendable {
    /// The name in tokens and in the key set: the key's thumbprint (RFC 7638), so it can't name another key.
    let keyID: String
    let privateKey: P256.Signing.PrivateKey
    let publicKey: P256.Signing.PublicKey
    let activeFrom: Timestamp
    let retiresAt: Timestamp
    let revokedAt: Timestamp?

    init(
        privateKey: P256.Signing.PrivateKey, activeFrom: Timestamp, retiresAt: Timestamp, revokedAt: Timestamp? = nil
    ) {
        self.privateKey = privateKey
        publicKey = privateKey.publicKey
        keyID = JSONWebKey.thumbprint(of: publicKey)
        self.activeFrom = activeFrom
        self.retiresAt = retiresAt
        self.revokedAt = revokedAt
    }

    /// Whether a token signed by it is to be believed at `time`.
    func isTrusted(at time: Timestamp) -> Bool {
        revokedAt == nil && time < retiresAt
    }
}
