/// Why a sign-in through a provider came to nothing: one case for each reason. None carries a text of the provider.
public enum OpenIDProblem: Error, Hashable {
    // The provider does not answer as it should.

    /// No answer came, or none in time.
    case unreachable
    /// Another status than the one that was to come.
    case failing(status: Int)
    /// Not JSON by its type or content, a member twice, or too large.
    case unreadableAnswer

    // The provider and the settings do not fit: no user can change it.

    /// The discovery document names another issuer than the settings do (Discovery 1.0, section 4.3).
    case discoveryIssuerMismatch
    /// A required member of the discovery document is missing or of another type.
    case discoveryMalformed
    /// An endpoint that is neither https nor an allowed loopback address.
    case insecureEndpoint
    /// The provider lists methods of RFC 7636 without S256.
    case proofKeyUnsupported
    /// The provider signs with none of ``OpenIDAlgorithm``.
    case noCommonAlgorithm
    /// The provider takes a client's secret in no way that is known here.
    case noCommonAuthentication
    /// Not a list of at most ``OpenIDKeySet/mostKeys`` keys.
    case keySetMalformed
    /// The token endpoint does not know the client or its secret.
    case clientRefused
    /// The token endpoint found another fault with the request.
    case exchangeRefused

    // The callback.

    /// The provider names itself in every callback (RFC 9207), and in this one it did not.
    case callbackIssuerMissing
    /// The callback comes from another provider: a mix-up.
    case callbackIssuerMismatch
    /// The code is unknown, used, too old, or another client's.
    case codeRefused
    /// The answer of the token endpoint lacks a member, or is not for a bearer token.
    case tokenAnswerMalformed
    case idTokenMissing

    // The ID token.

    case tooLong
    /// Not three parts of strict base64url with a JSON object in the first two, or a member of the wrong type.
    case malformed
    /// A member of the header that changes what is verified, how or by which key.
    case forbiddenHeader
    case wrongType
    /// None that is pinned, offered by the provider, and that of the key.
    case wrongAlgorithm
    /// Named by no usable key of the provider.
    case unknownKey
    case badSignature
    case wrongIssuer
    case wrongAudience
    case wrongAuthorizedParty
    case expired
    case notYetValid
    case issuedInFuture
    case issuedTooLongAgo
    case wrongNonce
    case wrongSubject
    /// `at_hash` is of another access token.
    case wrongAccessToken

    /// Whose fault it is, and so what the person is told.
    public enum Kind: Sendable {
        /// The provider does not answer: try again later.
        case unavailable
        /// Nobody can sign in through it until an operator acts.
        case misconfigured
        /// This callback proves nothing: start again.
        case refused
    }

    public var kind: Kind {
        switch self {
        case .unreachable, .failing, .unreadableAnswer: .unavailable
        case .discoveryIssuerMismatch, .discoveryMalformed, .insecureEndpoint, .proofKeyUnsupported,
            .noCommonAlgorithm, .noCommonAuthentication, .keySetMalformed, .clientRefused, .exchangeRefused:
            .misconfigured
        case .callbackIssuerMissing, .callbackIssuerMismatch, .codeRefused, .tokenAnswerMalformed, .idTokenMissing,
            .tooLong, .malformed, .forbiddenHeader, .wrongType, .wrongAlgorithm, .unknownKey, .badSignature,
            .wrongIssuer, .wrongAudience, .wrongAuthorizedParty, .expired, .notYetValid, .issuedInFuture,
            .issuedTooLongAgo, .wrongNonce, .wrongSubject, .wrongAccessToken:
            .refused
        }
    }
}
