/// A person with an account.
public struct User: Sendable, Equatable, Identifiable {
    public let id: ID<User>
    public var email: EmailAddress
    /// When the person proved to hold ``email``; nil while unproven.
    public var emailVerifiedAt: Timestamp?
    public var firstName: PersonName
    public var lastName: PersonName
    public var language: Language
    /// An IANA name such as `Europe/Paris`.
    public var timeZone: TimeZoneName
    public var avatarURL: String?
    /// May use the administration, in every team. Whoever takes it away ends the person's sessions as well, and with them
    /// those in which the person acts as somebody else.
    public var isSuperuser: Bool
    /// Whether a second factor is asked for at sign-in.
    public var hasSecondFactor: Bool
    /// When an administrator took the second factors away; nil once the person has signed in by something else than a mail.
    /// Until then no mailed link signs in or replaces the password: who lost a second factor does not get in by the mailbox
    /// alone.
    public var secondFactorResetAt: Timestamp?
    /// When an administrator closed the account; nil while open.
    public var suspendedAt: Timestamp?
    /// When the person asked for deletion; nil while not.
    public var deletedAt: Timestamp?
    /// When personal data is erased; set together with ``deletedAt``.
    public var purgeAt: Timestamp?
    /// The terms of use last agreed to; nil for none.
    public var terms: TermsAgreement?
    public let createdAt: Timestamp
    public var updatedAt: Timestamp
    /// Counts changes, for optimistic locking; 1 when new.
    public var version: Int64

    /// Whether whoever reads the person's mail may get in by that alone, up to the second factor.
    public var isOpenToMail: Bool { secondFactorResetAt == nil }

    /// Whether the account can be used: neither suspended nor on its way to deletion.
    public var isActive: Bool { suspendedAt == nil && deletedAt == nil }

    public init(
        id: ID<User>, email: EmailAddress, emailVerifiedAt: Timestamp? = nil, firstName: PersonName,
        lastName: PersonName, language: Language = .english, timeZone: TimeZoneName = .utc, avatarURL: String? = nil,
        isSuperuser: Bool = false, hasSecondFactor: Bool = false, secondFactorResetAt: Timestamp? = nil,
        suspendedAt: Timestamp? = nil, deletedAt: Timestamp? = nil, purgeAt: Timestamp? = nil,
        terms: TermsAgreement? = nil, createdAt: Timestamp, updatedAt: Timestamp, version: Int64 = 1
    ) {
        self.id = id
        self.email = email
        self.emailVerifiedAt = emailVerifiedAt
        self.firstName = firstName
        self.lastName = lastName
        self.language = language
        self.timeZone = timeZone
        self.avatarURL = avatarURL
        self.isSuperuser = isSuperuser
        self.hasSecondFactor = hasSecondFactor
        self.secondFactorResetAt = secondFactorResetAt
        self.suspendedAt = suspendedAt
        self.deletedAt = deletedAt
        self.purgeAt = purgeAt
        self.terms = terms
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }
}

extension User {
    /// What stays of an account whose personal data is erased: the id, for what refers to it, and when it was opened. The
    /// address is of a domain that can't exist (RFC 2606).
    public func purged(at time: Timestamp) -> User {
        let address = "\(id)@purged.invalid"
        return User(
            id: id, email: EmailAddress(storedText: address, key: address), firstName: PersonName(stored: "Deleted"),
            lastName: PersonName(stored: "account"), deletedAt: deletedAt, purgeAt: purgeAt, createdAt: createdAt,
            updatedAt: time, version: version)
    }
}

/// Which terms of use a person agreed to, and when.
public struct TermsAgreement: Sendable, Equatable {
    /// 1 to 64 characters, such as `2026-01`.
    public let version: String
    public let agreedAt: Timestamp

    public init(version: String, agreedAt: Timestamp) {
        self.version = version
        self.agreedAt = agreedAt
    }
}
