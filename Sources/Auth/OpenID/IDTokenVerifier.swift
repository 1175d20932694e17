import Core
import Crypto
import Foundation

/// Tells whether a text is an ID token for us, of this provider and this sign-in (OpenID Connect Core section
/// 3.1.3.7, RFC 8725).
struct IDTokenVerifier {
    /// How far the provider's clock may be from ours.
    static let clockSkew: Duration = .seconds(60)
    /// How long ago a token may have been made: it comes straight from the token endpoint.
    static let oldest: Duration = .minutes(10)
    static let subjectLengths = 1...255  // ASCII characters (OpenID Connect Core section 2)

    let issuer: String
    let clientID: String
    /// Those that the provider signs with.
    let algorithms: Set<OpenIDAlgorithm>

    /// - Parameters:
    ///   - nonce: The one sent with the authorization request.
    ///   - accessToken: The one that came with the token, which `at_hash` is of.
    func verify(
        _ text: String, keys: OpenIDKeySet, nonce: String, accessToken: String?, now: Timestamp
    ) throws(OpenIDProblem) -> VerifiedIDToken {
        let token = try ParsedIDToken(text)
        guard algorithms.contains(token.algorithm) else { throw .wrongAlgorithm }
        let key = try keys.key(named: token.keyID, for: token.algorithm)
        guard key.isValidSignature(token.signature, for: token.signed) else { throw .badSignature }
        let claims = token.claims
        guard claims["iss"]?.text?.isExactly(issuer) == true else { throw .wrongIssuer }
        try checkAudience(claims)
        try checkTimes(claims, now: now)
        guard !nonce.isEmpty, let echoed = claims["nonce"]?.text, ConstantTime.equal(echoed.utf8, nonce.utf8)
        else { throw .wrongNonce }
        try checkAccessToken(claims, accessToken)
        guard let subject = claims["sub"]?.text, Self.subjectLengths.contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .wrongSubject }
        return VerifiedIDToken(issuer: issuer, subject: subject, claims: claims)
    }

    /// Of several audiences the authorized party says whom the token was made for.
    private func checkAudience(_ claims: [String: StrictJSON]) throws(OpenIDProblem) {
        let single = claims["aud"]?.text.map { [$0] }
        guard let audiences = single ?? claims["aud"]?.texts, audiences.contains(where: { $0.isExactly(clientID) })
        else { throw .wrongAudience }
        guard let party = claims["azp"] else {
            guard audiences.count == 1 else { throw .wrongAuthorizedParty }
            return
        }
        guard party.text?.isExactly(clientID) == true else { throw .wrongAuthorizedParty }
    }

    private func checkTimes(_ claims: [String: StrictJSON], now: Timestamp) throws(OpenIDProblem) {
        guard let expiresAt = claims["exp"]?.moment, let issuedAt = claims["iat"]?.moment else { throw .malformed }
        guard now - Self.clockSkew < expiresAt else { throw .expired }
        guard issuedAt <= now + Self.clockSkew else { throw .issuedInFuture }
        guard issuedAt >= now - Self.oldest else { throw .issuedTooLongAgo }
        if let value = claims["nbf"] {
            guard let notBefore = value.moment else { throw .malformed }
            guard notBefore <= now + Self.clockSkew else { throw .notYetValid }
        }
    }

    /// The left half of the access token's hash (OpenID Connect Core section 3.1.3.6); both algorithms use SHA-256.
    private func checkAccessToken(_ claims: [String: StrictJSON], _ accessToken: String?) throws(OpenIDProblem) {
        guard let hash = claims["at_hash"] else { return }
        guard let text = hash.text, let accessToken else { throw .wrongAccessToken }
        let half = Array(SHA256.hash(data: Array(accessToken.utf8)).prefix(16))
        guard ConstantTime.equal(text.utf8, Base64URL.encode(half).utf8) else { throw .wrongAccessToken }
    }
}
