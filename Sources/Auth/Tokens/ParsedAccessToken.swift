import Core

/// The parts of a text that has the exact shape of our access tokens (RFC 7515 compact form, RFC 9068). Nothing is
/// verified yet, and nothing of it was handed to cryptography.
struct ParsedAccessToken {
    static let signatureLength = 64

    let keyID: String
    let algorithm: String
    let issuer: String
    let audience: String
    let notBefore: Timestamp
    let claims: AccessClaims
    /// The first two parts as they came.
    let signed: [UInt8]
    let signature: [UInt8]

    init(_ text: String) throws(AccessTokenProblem) {
        let bytes = Array(text.utf8)
        guard bytes.count <= AccessToken.longestInBytes else { throw .tooLong }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]).flatMap(FlatJSON.init),
            let payload = Base64URL.decode(parts[1]).flatMap(FlatJSON.init), let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        guard Set(header.members.keys).isSubset(of: ["alg", "kid", "typ"]) else { throw .forbiddenHeader }
        guard header.text("typ") == AccessToken.type else { throw .wrongType }
        guard let keyID = header.text("kid"), let algorithm = header.text("alg") else { throw .malformed }
        (self.keyID, self.algorithm) = (keyID, algorithm)
        self.signature = signature
        signed = Array(bytes[..<(parts[2].startIndex - 1)])

        guard Set(payload.members.keys) == ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"],
            let issuer = payload.text("iss"), let audience = payload.text("aud"), payload.text("jti") != nil,
            let userID = payload.text("sub").flatMap({ ID<User>($0) }),
            let sessionID = payload.text("sid").flatMap({ ID<Session>($0) }),
            let issuedAt = payload.number("iat"), let notBefore = payload.number("nbf"),
            let expiresAt = payload.number("exp")
        else { throw .malformed }
        (self.issuer, self.audience) = (issuer, audience)
        self.notBefore = Timestamp(seconds: notBefore)
        claims = AccessClaims(
            userID: userID, sessionID: sessionID, issuedAt: Timestamp(seconds: issuedAt),
            expiresAt: Timestamp(seconds: expiresAt))
    }
}
