/// What the provider is to ask the person for (OpenID Connect Core section 3.1.2.1).
public enum OpenIDPrompt: String, Sendable {
    case login
    case consent
    case selectAccount = "select_account"
}

/// The address that a browser is sent to (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
struct OpenIDAuthorizationRequest {
    let state: String
    let nonce: String
    let proofKey: ProofKey
    var loginHint: String?
    var prompt: OpenIDPrompt?

    func url(at endpoint: ProviderURL, settings: OpenIDProviderSettings) -> String {
        var fields = [
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", settings.redirectURI),
            ("scope", settings.scopes.joined(separator: " ")), ("state", state), ("nonce", nonce),
            ("code_challenge", proofKey.challenge), ("code_challenge_method", ProofKey.method),
        ]
        if let prompt { fields.append(("prompt", prompt.rawValue)) }
        if let loginHint { fields.append(("login_hint", loginHint)) }
        return endpoint.text + (endpoint.hasQuery ? "&" : "?") + PercentEncoding.encode(fields)
    }
}
