/// The second factor of the own account.
public enum SecondFactorEndpoints {
    public static let totp = Endpoint<Nothing, Nothing, Nothing, OK<TOTPBody>>(
        .get, "/api/v1/users/me/mfa/totp", id: "getTOTP", tag: "users",
        summary: "Shows whether sign-ins ask for the code of an authenticator app.", authentication: .session)

    public static let startTOTP = Endpoint<Nothing, Nothing, Nothing, OK<TOTPSetupBody>>(
        .post, "/api/v1/users/me/mfa/totp", id: "startTOTP", tag: "users",
        summary: "Makes the secret of an authenticator app, which counts once it is confirmed.",
        authentication: .session, errors: [.reauthenticationRequired, .stateConflict]
    ) {
        $0.carriesCredentials = true
    }

    public static let confirmTOTP = Endpoint<Nothing, Nothing, TOTPConfirmRequest, OK<RecoveryCodesBody>>(
        .post, "/api/v1/users/me/mfa/totp/confirm", id: "confirmTOTP", tag: "users",
        summary: "Switches the second factor on by a first code, and shows the recovery codes.",
        authentication: .session, errors: [.reauthenticationRequired, .invalidCode, .stateConflict, .notFound]
    ) {
        $0.carriesCredentials = true
    }

    public static let removeTOTP = Endpoint<Nothing, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/users/me/mfa/totp", id: "removeTOTP", tag: "users",
        summary: "Switches the second factor off.", authentication: .session,
        errors: [.reauthenticationRequired, .notFound]
    ) {
        $0.entityTag = .none
    }

    public static let replaceRecoveryCodes = Endpoint<Nothing, Nothing, Nothing, OK<RecoveryCodesBody>>(
        .post, "/api/v1/users/me/mfa/recovery-codes", id: "replaceRecoveryCodes", tag: "users",
        summary: "Replaces all recovery codes, and shows the new ones.", authentication: .session,
        errors: [.reauthenticationRequired, .notFound]
    ) {
        $0.carriesCredentials = true
    }

    public static let all: [any DescribedEndpoint] = [
        totp, startTOTP, confirmTOTP, removeTOTP, replaceRecoveryCodes,
    ]
}
