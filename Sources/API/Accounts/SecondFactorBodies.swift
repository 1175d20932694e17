public import Core

/// The ways to show that one is the person, beside the password.
public enum FactorBody: String, Codable, Sendable, CaseIterable {
    /// The code of an authenticator app.
    case totp
    case recoveryCode = "recovery_code"
    case passkey
}

/// The first factor was right, and the account asks for a second one.
public struct MFARequiredResponse: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case mfaRequired = "mfa_required"
    }

    public let status: Status
    /// Goes to `/auth/mfa/verify` with the second factor; good once.
    public let mfaToken: String
    /// What the account may answer with.
    public let factors: [FactorBody]
    /// Seconds until the token runs out.
    public let expiresIn: Int

    public init(mfaToken: String, factors: [FactorBody], expiresIn: Int) {
        status = .mfaRequired
        self.mfaToken = mfaToken
        self.factors = factors
        self.expiresIn = expiresIn
    }

    private enum CodingKeys: String, CodingKey {
        case status
        case mfaToken = "mfa_token"
        case factors
        case expiresIn = "expires_in"
    }
}

/// The second factor of a sign-in: the token and exactly one answer.
public struct MFAVerifyRequest: Codable, Sendable {
    /// A browser that came back from a provider has it in a cookie instead.
    public let mfaToken: ChallengeText?
    /// Of an authenticator app.
    public let code: CodeText?
    public let recoveryCode: CodeText?
    /// As `navigator.credentials.get` returned it for the options of `/auth/passkeys/options`.
    public let passkey: PasskeyUsedBody?

    private enum CodingKeys: String, CodingKey {
        case mfaToken = "mfa_token"
        case code
        case recoveryCode = "recovery_code"
        case passkey
    }
}

/// Whether sign-ins ask for the code of an authenticator app.
public struct TOTPBody: Codable, Sendable, Equatable {
    public let enabled: Bool
    public let enabledAt: Timestamp?
    public let recoveryCodesLeft: Int

    public init(enabledAt: Timestamp?, recoveryCodesLeft: Int) {
        enabled = enabledAt != nil
        self.enabledAt = enabledAt
        self.recoveryCodesLeft = recoveryCodesLeft
    }

    private enum CodingKeys: String, CodingKey {
        case enabled
        case enabledAt = "enabled_at"
        case recoveryCodesLeft = "recovery_codes_left"
    }
}

/// What sets an authenticator app up; shown once.
public struct TOTPSetupBody: Codable, Sendable, Equatable {
    /// In base32, for typing.
    public let secret: String
    /// What the picture says.
    public let otpauthURI: String
    /// The QR code to scan, an SVG image.
    public let qrSVG: String

    public init(secret: String, otpauthURI: String, qrSVG: String) {
        self.secret = secret
        self.otpauthURI = otpauthURI
        self.qrSVG = qrSVG
    }

    private enum CodingKeys: String, CodingKey {
        case secret
        case otpauthURI = "otpauth_uri"
        case qrSVG = "qr_svg"
    }
}

/// A code of the app that was set up.
public struct TOTPConfirmRequest: Codable, Sendable {
    public let code: CodeText

    public init(code: CodeText) {
        self.code = code
    }
}

/// Codes that stand for a lost second factor, each once; shown once.
public struct RecoveryCodesBody: Codable, Sendable, Equatable {
    public let codes: [String]

    public init(codes: [String]) {
        self.codes = codes
    }
}
