/// Passkeys (WebAuthn): making, using and removing them.
public enum PasskeyEndpoints {
    public static let options = Endpoint<Nothing, Nothing, Nothing, OK<PasskeyRequestOptions>>(
        .post, "/api/v1/auth/passkeys/options", id: "startPasskeySignIn", tag: "auth",
        summary: "What a browser needs to use a passkey, of whomever.", authentication: .none,
        errors: [.passkeysUnavailable]
    ) {
        $0.bodyLimit = .authentication
        $0.carriesCredentials = true
    }

    public static let verify = Endpoint<Nothing, Nothing, PasskeySignInRequest, SignedIn>(
        .post, "/api/v1/auth/passkeys/verify", id: "finishPasskeySignIn", tag: "auth",
        summary: "Signs in by a passkey, which stands for both factors.", authentication: .none,
        errors: [
            .invalidCredentials, .challengeExpired, .emailNotVerified, .accountSuspended, .passkeysUnavailable,
        ]
    ) {
        $0.bodyLimit = .authentication
        $0.carriesCredentials = true
    }

    public static let list = Endpoint<Nothing, Nothing, Nothing, OK<List<PasskeyBody>>>(
        .get, "/api/v1/users/me/passkeys", id: "listPasskeys", tag: "users", summary: "Lists the own passkeys.",
        authentication: .session)

    public static let start = Endpoint<Nothing, Nothing, Nothing, OK<PasskeyCreationOptions>>(
        .post, "/api/v1/users/me/passkeys/options", id: "startPasskey", tag: "users",
        summary: "What a browser needs to make a passkey.", authentication: .session,
        errors: [.reauthenticationRequired, .passkeysUnavailable]
    ) {
        $0.carriesCredentials = true
    }

    public static let add = Endpoint<Nothing, Nothing, AddPasskeyRequest, Created<PasskeyBody>>(
        .post, "/api/v1/users/me/passkeys/verify", id: "addPasskey", tag: "users",
        summary: "Keeps a passkey that a browser made.", authentication: .session,
        errors: [.reauthenticationRequired, .challengeExpired, .limitReached, .passkeysUnavailable]
    ) {
        $0.bodyLimit = .authentication
    }

    public static let remove = Endpoint<PasskeyParameters, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/users/me/passkeys/{id}", id: "removePasskey", tag: "users", summary: "Removes a passkey.",
        authentication: .session, errors: [.reauthenticationRequired, .lastCredential]
    ) {
        $0.entityTag = .none
    }

    public static let all: [any DescribedEndpoint] = [options, verify, list, start, add, remove]
}
