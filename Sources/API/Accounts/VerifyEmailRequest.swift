public import Core

/// The token out of a verification mail.
public struct VerifyEmailRequest: Codable, Sendable {
    public let token: TokenText

    public init(token: TokenText) {
        self.token = token
    }
}

public struct VerifyEmailResponse: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case verified
    }

    public let status: Status

    public init() {
        status = .verified
    }
}

/// Where another verification mail should go.
public struct ResendVerificationRequest: Codable, Sendable {
    public let email: EmailAddress

    public init(email: EmailAddress) {
        self.email = email
    }
}
