public import Core

/// What a person tells about themselves to open an account.
public struct Registration: Sendable, Equatable {
    public let email: EmailAddress
    public let firstName: PersonName
    public let lastName: PersonName
    public let language: Language
    public let timeZone: TimeZoneName
    /// The version of the terms the person agreed to.
    public let termsVersion: String?

    public init(
        email: EmailAddress, firstName: PersonName, lastName: PersonName, language: Language = .english,
        timeZone: TimeZoneName = .utc, termsVersion: String? = nil
    ) {
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.language = language
        self.timeZone = timeZone
        self.termsVersion = termsVersion
    }

    /// The account it opens.
    func user(id: ID<User>, at time: Timestamp) -> User {
        User(
            id: id, email: email, firstName: firstName, lastName: lastName, language: language, timeZone: timeZone,
            terms: termsVersion.map { TermsAgreement(version: $0, agreedAt: time) }, createdAt: time, updatedAt: time)
    }
}

/// What came of a registration.
public enum RegistrationOutcome: Sendable {
    /// A mail is on its way to the address, whether it had an account or not.
    case verificationSent
    /// The account was opened and signed in, where no proof of the address is asked for.
    case signedIn(SignInResult)
}
