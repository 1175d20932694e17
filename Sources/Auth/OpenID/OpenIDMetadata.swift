/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3), as far as it is needed here.
struct OpenIDMetadata: Sendable, Equatable {
    /// How the token endpoint wants the client's secret (OpenID Connect Core section 9).
    /// The first is taken where both are.
    enum ClientAuthentication: String, Sendable, CaseIterable {
        case basic = "client_secret_basic"
        case post = "client_secret_post"
    }

    let authorizationEndpoint: ProviderURL
    let tokenEndpoint: ProviderURL
    let keySetURL: ProviderURL
    /// Where it tells more of a person; nil as well where that is no safe address: nothing depends on it.
    let userInfoEndpoint: ProviderURL?
    /// Those of the pinned ones that the provider signs with.
    let algorithms: Set<OpenIDAlgorithm>
    let clientAuthentication: ClientAuthentication
    /// Whether every callback must name its issuer (RFC 9207).
    let namesIssuerInCallback: Bool

    /// Where the document of an issuer is; a slash at the issuer's end falls away (Discovery 1.0, section 4.1).
    static func url(issuer: String, allowsLoopback: Bool) -> ProviderURL? {
        let base = issuer.hasSuffix("/") ? issuer.dropLast() : issuer[...]
        return ProviderURL("\(base)/.well-known/openid-configuration", allowsLoopback: allowsLoopback)
    }

    init(_ document: [String: StrictJSON], settings: OpenIDProviderSettings) throws(OpenIDProblem) {
        guard let issuer = document["issuer"]?.text else { throw .discoveryMalformed }
        guard issuer.isExactly(settings.issuer) else { throw .discoveryIssuerMismatch }

        func endpoint(_ name: String) throws(OpenIDProblem) -> ProviderURL {
            guard let text = document[name]?.text else { throw .discoveryMalformed }
            guard let url = ProviderURL(text, allowsLoopback: settings.allowsLoopback) else { throw .insecureEndpoint }
            return url
        }
        func list(_ name: String) throws(OpenIDProblem) -> [String]? {
            guard let value = document[name] else { return nil }
            guard let texts = value.texts else { throw .discoveryMalformed }
            return texts
        }
        authorizationEndpoint = try endpoint("authorization_endpoint")
        tokenEndpoint = try endpoint("token_endpoint")
        keySetURL = try endpoint("jwks_uri")
        userInfoEndpoint = document["userinfo_endpoint"]?.text.flatMap {
            ProviderURL($0, allowsLoopback: settings.allowsLoopback)
        }

        guard let offered = try list("id_token_signing_alg_values_supported") else { throw .discoveryMalformed }
        algorithms = Set(offered.compactMap(OpenIDAlgorithm.init))
        guard !algorithms.isEmpty else { throw .noCommonAlgorithm }
        if let methods = try list("code_challenge_methods_supported"), !methods.contains(ProofKey.method) {
            throw .proofKeyUnsupported
        }
        // Without a list it is basic (Discovery 1.0, section 3).
        let authentications = try list("token_endpoint_auth_methods_supported") ?? [ClientAuthentication.basic.rawValue]
        guard let authentication = ClientAuthentication.allCases.first(where: { authentications.contains($0.rawValue) })
        else { throw .noCommonAuthentication }
        clientAuthentication = authentication
        switch document["authorization_response_iss_parameter_supported"] {
        case nil: namesIssuerInCallback = false
        case .bool(let value): namesIssuerInCallback = value
        default: throw .discoveryMalformed
        }
    }
}
