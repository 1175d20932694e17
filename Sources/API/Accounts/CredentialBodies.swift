public import Core

/// Another password for the own account.
public struct ChangePasswordRequest: Codable, Sendable {
    /// The one so far; left out by an account that has none.
    public let currentPassword: PasswordText?
    public let newPassword: PasswordText

    public init(currentPassword: PasswordText?, newPassword: PasswordText) {
        self.currentPassword = currentPassword
        self.newPassword = newPassword
    }

    private enum CodingKeys: String, CodingKey {
        case currentPassword = "current_password"
        case newPassword = "new_password"
    }
}

/// Another address for the own account.
public struct ChangeEmailRequest: Codable, Sendable {
    public let newEmail: EmailAddress

    public init(newEmail: EmailAddress) {
        self.newEmail = newEmail
    }

    private enum CodingKeys: String, CodingKey {
        case newEmail = "new_email"
    }
}

/// A credential given again: exactly one of them.
public struct ReauthenticateRequest: Codable, Sendable {
    public let password: PasswordText?
    /// Of an authenticator app.
    public let code: CodeText?
    public let recoveryCode: CodeText?
    /// As `navigator.credentials.get` returned it for the options of `/auth/passkeys/options`.
    public let passkey: PasskeyUsedBody?

    private enum CodingKeys: String, CodingKey {
        case password
        case code
        case recoveryCode = "recovery_code"
        case passkey
    }
}

public struct ReauthenticateResponse: Codable, Sendable, Equatable {
    /// Until when the session may do what asks for a fresh one.
    public let freshUntil: Timestamp

    public init(freshUntil: Timestamp) {
        self.freshUntil = freshUntil
    }

    private enum CodingKeys: String, CodingKey {
        case freshUntil = "fresh_until"
    }
}
