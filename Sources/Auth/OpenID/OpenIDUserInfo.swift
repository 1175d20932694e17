/// Asks a provider for what it leaves out of its ID tokens (OpenID Connect Core section 5.3).
struct OpenIDUserInfo {
    let transport: any OpenIDTransport

    /// What it tells of a person.
    /// - Returns: Nil where it is signed (section 5.3.2), which is not understood here.
    /// - Throws: ``OpenIDProblem/wrongSubject`` where it tells of somebody else, or does not say of whom: a response that
    ///   may have been swapped, which section 5.3.2 forbids to use.
    func claims(
        of subject: String, at url: ProviderURL, bearerToken: BearerToken
    ) async throws(OpenIDProblem) -> [String: StrictJSON]? {
        let response = try await transport.answer(at: url, bearerToken: bearerToken)
        if response.mediaType == "application/jwt" { return nil }
        let claims = try response.members()
        guard claims["sub"]?.text?.isExactly(subject) == true else { throw .wrongSubject }
        return claims
    }
}
