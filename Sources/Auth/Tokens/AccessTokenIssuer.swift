public import Core
import Crypto
import Foundation

/// Makes access tokens.
public struct AccessTokenIssuer: Sendable {
    /// There is no signing key: the ring was never loaded, or the last one retired while the database was away.
    public struct NoSigningKey: Error, Equatable {}

    private let issuer: String
    private let audience: String
    private let ring: SigningKeyRing
    private let randomness: Randomness

    /// - Parameters:
    ///   - issuer: The base URL (`iss`). Neither this nor the audience may hold a quotation mark, a backslash or a
    ///   control
    ///     character; tokens with one are never accepted.
    ///   - audience: Who the tokens are for (`aud`).
    public init(issuer: String, audience: String, ring: SigningKeyRing, randomness: Randomness) {
        self.issuer = issuer
        self.audience = audience
        self.ring = ring
        self.randomness = randomness
    }

    /// A token for the session, and how long it lives.
    /// - Throws: ``NoSigningKey``; what the cryptographic library throws.
    public func issue(
        user: ID<User>, session: ID<Session>, now: Timestamp
    ) throws -> (text: String, expiresIn: Duration) {
        guard let key = ring.keys.signer(at: now) else { throw NoSigningKey() }
        let issuedAt = now.seconds
        let expiresAt = (Timestamp(seconds: issuedAt) + AccessToken.lifetime).seconds
        let header = #"{"alg":"\#(AccessToken.algorithm)","kid":"\#(key.keyID)","typ":"\#(AccessToken.type)"}"#
        let claims = """
            {"iss":"\(issuer)","aud":"\(audience)","sub":"\(user)","sid":"\(session)",\
            "jti":"\(Base64URL.encode(randomness.bytes(16)))","iat":\(issuedAt),"nbf":\(issuedAt),"exp":\(expiresAt)}
            """
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(claims.utf8))
        let signature = try key.privateKey.signature(for: Array(signed.utf8))
        return (signed + "." + Base64URL.encode(Array(signature.rawRepresentation)), AccessToken.lifetime)
    }
}
