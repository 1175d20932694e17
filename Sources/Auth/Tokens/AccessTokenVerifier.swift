public import Core
import Crypto
import Foundation

/// Checks access tokens.
///
/// It says that a token is one of ours and still lives, never that its session does: that is read on every request.
public struct AccessTokenVerifier: Sendable {
    private let issuer: String
    private let audience: String
    private let ring: SigningKeyRing
    private let cache: VerifiedTokenCache?

    /// - Parameter cache: Spares the signature of a token seen before; nil for none. Shared with no verifier of another
    ///   issuer or audience.
    public init(issuer: String, audience: String, ring: SigningKeyRing, cache: VerifiedTokenCache? = nil) {
        self.issuer = issuer
        self.audience = audience
        self.ring = ring
        self.cache = cache
    }

    /// The claims of a valid token. Looks only at the keys that are here.
    public func verify(_ text: String, now: Timestamp) throws(AccessTokenProblem) -> AccessClaims {
        // Before anything is computed over it.
        guard text.utf8.count <= AccessToken.longestInBytes else { throw .tooLong }
        // The cache compares as Swift does, to which other characters may be the same as ours.
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw .malformed }
        let keys = ring.keys
        if let claims = cache?.claims(of: text, at: now, revision: keys.revision) { return claims }
        let (claims, keyEnd) = try verify(ParsedAccessToken(text), with: keys, now: now)
        cache?.insert(claims, of: text, until: min(claims.expiresAt, keyEnd), revision: keys.revision)
        return claims
    }

    /// As ``verify(_:now:)``, but a token with an unknown key makes the ring read the database first, at most every 30
    /// s: another instance may have added the key.
    /// - Throws: ``AccessTokenProblem``; what ``SigningKeyRing/reload()`` throws.
    public func verifyReloading(_ text: String, now: Timestamp) async throws -> AccessClaims {
        do {
            return try verify(text, now: now)
        } catch .unknownKey {
            guard try await ring.reloadForUnknownKey() else { throw AccessTokenProblem.unknownKey }
            return try verify(text, now: now)
        }
    }

    private func verify(
        _ token: ParsedAccessToken, with keys: SigningKeys, now: Timestamp
    ) throws(AccessTokenProblem) -> (AccessClaims, keyEnd: Timestamp) {
        guard let key = keys.verifier(token.keyID, at: now) else { throw .unknownKey }
        guard token.algorithm == AccessToken.algorithm else { throw .wrongAlgorithm }
        guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: token.signature),
            key.publicKey.isValidSignature(signature, for: token.signed)
        else { throw .badSignature }
        guard token.issuer == issuer else { throw .wrongIssuer }
        guard token.audience == audience else { throw .wrongAudience }
        guard now < token.claims.expiresAt else { throw .expired }
        guard max(token.notBefore, token.claims.issuedAt) <= now + AccessToken.clockSkew else { throw .notYetValid }
        return (token.claims, key.retiresAt)
    }
}
