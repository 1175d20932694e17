public import Core

/// What opens an account.
public struct RegisterRequest: Codable, Sendable {
    public let email: EmailAddress
    public let password: PasswordText
    public let firstName: PersonName
    public let lastName: PersonName
    /// The best match of `Accept-Language` unless given.
    public let locale: Language?
    public let timeZone: TimeZoneName?
    public let termsVersion: TermsVersionText?
    /// Proves the address, so no verification mail is needed.
    public let invitationToken: TokenText?

    public init(
        email: EmailAddress, password: PasswordText, firstName: PersonName, lastName: PersonName,
        locale: Language? = nil, timeZone: TimeZoneName? = nil, termsVersion: TermsVersionText? = nil,
        invitationToken: TokenText? = nil
    ) {
        self.email = email
        self.password = password
        self.firstName = firstName
        self.lastName = lastName
        self.locale = locale
        self.timeZone = timeZone
        self.termsVersion = termsVersion
        self.invitationToken = invitationToken
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case password
        case firstName = "first_name"
        case lastName = "last_name"
        case locale
        case timeZone = "time_zone"
        case termsVersion = "terms_version"
        case invitationToken = "invitation_token"
    }
}

/// Tells that a mail is on its way, whether or not one is.
public struct VerificationSentResponse: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case verificationSent = "verification_sent"
    }

    public let status: Status

    public init() {
        status = .verificationSent
    }
}
