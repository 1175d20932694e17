/// What a person shows as the second factor, as it was typed.
public enum SecondFactorAnswer: Sendable {
    /// Of an authenticator app.
    case code(String)
    /// One of those handed out when the second factor was set up.
    case recoveryCode(String)
    case passkey(PasskeyAssertion)

    var method: SignInMethod {
        switch self {
        case .code: .totp
        case .recoveryCode: .recoveryCode
        case .passkey: .passkey
        }
    }
}

extension SecondFactorAnswer: CustomStringConvertible, CustomReflectable {
    public var description: String { "SecondFactorAnswer(redacted)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
