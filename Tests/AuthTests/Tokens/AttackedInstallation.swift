import Core
import Crypto
import Fakes
import Foundation
import Persistence
import Testing

@testable import Auth

/// An installation that knows keys of all kinds, and what an attacker could hold of them.
struct AttackedInstallation: Sendable {
    let tokens: TestTokens
    /// What signs now.
    let key: SigningKey
    let revoked = P256.Signing.PrivateKey()
    let retired = P256.Signing.PrivateKey()
    /// Of this installation, but in no set that was read yet.
    let unpublished = P256.Signing.PrivateKey()
    /// Nobody's.
    let foreign = P256.Signing.PrivateKey()

    init() async throws {
        tokens = try await TestTokens()
        let now = tokens.now
        key = try #require(tokens.ring.keys.signer(at: now))
        try await Self.add(retired, to: tokens.repository, activeFrom: now - .days(90), retiresAt: now + .minutes(1))
        try await Self.add(revoked, to: tokens.repository, activeFrom: now - .days(1), retiresAt: now + .days(90))
        await tokens.repository.revoke(JSONWebKey.thumbprint(of: revoked.publicKey), at: now)
        try await tokens.ring.reload()
        // The retired key is in the set that was read all the same.
        tokens.time.advance(by: .minutes(2))
    }

    var now: Timestamp { tokens.now }

    /// A token that is right in everything.
    func draft() -> AccessTokenDraft {
        let seconds = now.seconds
        return AccessTokenDraft(
            header: RawObject(["alg": "ES256".quoted, "kid": key.keyID.quoted, "typ": "at+jwt".quoted]),
            claims: RawObject([
                "iss": TestTokens.issuer.quoted, "aud": "plinth".quoted, "sub": tokens.user.description.quoted,
                "sid": tokens.session.description.quoted, "jti": "AAAAAAAAAAAAAAAAAAAAAA".quoted,
                "iat": "\(seconds)", "nbf": "\(seconds)", "exp": "\(seconds + 300)",
            ]),
            key: key.privateKey)
    }

    /// A token that names a key and is signed with it.
    func draft(naming key: P256.Signing.PrivateKey) -> AccessTokenDraft {
        draft().header("kid", JSONWebKey.thumbprint(of: key.publicKey).quoted).signed(with: key)
    }

    private static func add(
        _ key: P256.Signing.PrivateKey, to repository: TestSealedKeyRepository, activeFrom: Timestamp,
        retiresAt: Timestamp
    ) async throws {
        let keyID = JSONWebKey.thumbprint(of: key.publicKey)
        let sealed = try MasterKeys.test().seal(Array(key.rawRepresentation), context: "signing-key/\(keyID)")
        let row = SealedSigningKey(
            keyID: keyID, sealedPrivateKey: sealed, createdAt: activeFrom, activeFrom: activeFrom,
            retiresAt: retiresAt)
        #expect(await repository.insert(row, unlessActiveFrom: retiresAt + .days(1000)))
    }
}
