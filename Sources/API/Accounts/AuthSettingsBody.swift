/// Which ways to sign in there are, and what a password must be.
public struct AuthSettingsBody: Codable, Sendable, Equatable {
    public enum EmailVerification: String, Codable, Sendable, CaseIterable {
        case required
        case off
    }

    public enum Method: String, Codable, Sendable, CaseIterable {
        case password
        case magicLink = "magic_link"
        case passkey
    }

    public struct PasswordRules: Codable, Sendable, Equatable {
        /// Characters.
        public let minLength: Int
        public let maxLength: Int

        public init(minLength: Int, maxLength: Int) {
            self.minLength = minLength
            self.maxLength = maxLength
        }

        private enum CodingKeys: String, CodingKey {
            case minLength = "min_length"
            case maxLength = "max_length"
        }
    }

    /// Whether anybody may open an account.
    public let registration: Bool
    public let emailVerification: EmailVerification
    public let methods: [Method]
    /// The names of the providers that people may sign in with.
    public let providers: [String]
    public let password: PasswordRules

    public init(
        registration: Bool, emailVerification: EmailVerification, methods: [Method], providers: [String],
        password: PasswordRules
    ) {
        self.registration = registration
        self.emailVerification = emailVerification
        self.methods = methods
        self.providers = providers
        self.password = password
    }

    private enum CodingKeys: String, CodingKey {
        case registration
        case emailVerification = "email_verification"
        case methods
        case providers
        case password
    }
}
