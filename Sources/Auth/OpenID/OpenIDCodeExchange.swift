import Core

/// Gets an ID token for a code at the token endpoint (OpenID Connect Core section 3.1.3).
struct OpenIDCodeExchange {
    static let codeLengths = 1...4096  // bytes

    /// What the token endpoint hands out. Secrets, until the ID token is verified.
    struct Tokens {
        let idToken: String
        let accessToken: String
    }

    let settings: OpenIDProviderSettings
    let transport: any OpenIDTransport

    func tokens(
        code: String, proofKey: ProofKey, metadata: OpenIDMetadata
    ) async throws(OpenIDProblem) -> Tokens {
        // RFC 6749, appendix A.11.
        guard Self.codeLengths.contains(code.utf8.count), code.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .codeRefused }
        let response: OpenIDResponse
        do {
            response = try await transport.post(
                form: form(code: code, proofKey: proofKey, metadata: metadata), to: metadata.tokenEndpoint.text,
                basicCredentials: metadata.clientAuthentication == .basic
                    ? BasicCredentials(user: settings.clientID, password: settings.clientSecret) : nil)
        } catch {
            throw .unreachable
        }
        return try Self.tokens(in: response)
    }

    private func form(code: String, proofKey: ProofKey, metadata: OpenIDMetadata) -> [(String, String)] {
        let fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", settings.redirectURI),
            ("code_verifier", proofKey.verifier),
        ]
        guard metadata.clientAuthentication == .post else { return fields }
        let secret = String(decoding: settings.clientSecret.revealed(), as: UTF8.self)
        return fields + [("client_id", settings.clientID), ("client_secret", secret)]
    }

    /// RFC 6749 sections 5.1 and 5.2. A provider that answers an error with 200 is understood as well.
    private static func tokens(in response: OpenIDResponse) throws(OpenIDProblem) -> Tokens {
        guard response.status == 200 || (400...499).contains(response.status), response.status != 429 else {
            throw .failing(status: response.status)
        }
        guard response.status == 200 else {
            // Without a reason that can be read the status is the reason.
            throw problem(for: (try? response.members())?["error"]) ?? .exchangeRefused
        }
        let members = try response.members()
        if let problem = problem(for: members["error"]) { throw problem }
        guard let idToken = members["id_token"]?.text else { throw .idTokenMissing }
        guard members["token_type"]?.text?.lowercased() == "bearer", let accessToken = members["access_token"]?.text
        else { throw .tokenAnswerMalformed }
        return Tokens(idToken: idToken, accessToken: accessToken)
    }

    private static func problem(for error: StrictJSON?) -> OpenIDProblem? {
        switch error {
        case nil: nil
        case .text("invalid_grant"): .codeRefused
        case .text("invalid_client"), .text("unauthorized_client"): .clientRefused
        default: .exchangeRefused
        }
    }
}
