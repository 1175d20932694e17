/// Signing in through a provider (OpenID Connect), such as Google.
public enum ProviderEndpoints {
    public static let authorize = Endpoint<ProviderPath, AuthorizeQuery, Nothing, Found>(
        .get, "/api/v1/auth/oauth/{provider}/authorize", id: "authorizeProvider", tag: "auth",
        summary: "Sends the browser to the provider.", authentication: .none, errors: [.providerFailed]
    ) {
        $0.entityTag = .none
        $0.answersHead = false
        $0.carriesCredentials = true
    }

    /// Ends at `redirect_to`, or at `/login?error=CODE` where nothing came of it; at `/login/mfa` where a second factor is
    /// wanted.
    public static let callback = Endpoint<ProviderPath, ProviderCallbackQuery, Nothing, Found>(
        .get, "/api/v1/auth/oauth/{provider}/callback", id: "finishProvider", tag: "auth",
        summary: "Takes the browser back from the provider, signs in, and sends it on.", authentication: .none
    ) {
        $0.entityTag = .none
        $0.answersHead = false
        $0.carriesCredentials = true
    }

    public static let identities = Endpoint<Nothing, Nothing, Nothing, OK<List<IdentityBody>>>(
        .get, "/api/v1/users/me/identities", id: "listIdentities", tag: "users",
        summary: "Lists the accounts at providers that the person signs in with.", authentication: .session)

    public static let removeIdentity = Endpoint<IdentityParameters, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/users/me/identities/{id}", id: "removeIdentity", tag: "users",
        summary: "Unlinks an account at a provider.", authentication: .session,
        errors: [.reauthenticationRequired, .lastCredential]
    ) {
        $0.entityTag = .none
    }

    public static let all: [any DescribedEndpoint] = [authorize, callback, identities, removeIdentity]
}
