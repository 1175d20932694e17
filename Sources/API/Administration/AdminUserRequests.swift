public import Core

/// Which accounts are listed.
public struct AdminUserListQuery: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case active
        case suspended
        case pendingDeletion = "pending_deletion"
    }

    /// What the address begins with.
    public let email: EmailPrefixText?
    public let status: Status?
    public let limit: PageLimit?
    public let cursor: Cursor?

    public init(
        email: EmailPrefixText? = nil, status: Status? = nil, limit: PageLimit? = nil, cursor: Cursor? = nil
    ) {
        self.email = email
        self.status = status
        self.limit = limit
        self.cursor = cursor
    }

    /// As repositories want it.
    public var pageRequest: PageRequest { ListQuery(limit: limit, cursor: cursor).pageRequest }
}

/// The beginning of an address: 1 to 254 characters.
public struct EmailPrefixText: ConstrainedText, Equatable {
    public let text: String
    /// As repositories want it.
    public let prefix: EmailPrefix

    /// Nil for what no address begins with.
    public init?(_ text: String) {
        guard Self.rules.problem(of: text) == nil, let prefix = EmailPrefix(text) else { return nil }
        self.text = text
        self.prefix = prefix
    }

    public static var rules: TextRules { TextRules(length: 1...EmailAddress.longestInBytes, isTrimmed: true) }
    public static var example: String { "ada@" }
}

/// An account opened for somebody else, who chooses the password.
public struct CreateUserRequest: Codable, Sendable, Equatable {
    public let email: EmailAddress
    public let firstName: PersonName
    public let lastName: PersonName
    /// The administrator's own unless given.
    public let locale: Language?
    public let timeZone: TimeZoneName?

    public init(
        email: EmailAddress, firstName: PersonName, lastName: PersonName, locale: Language? = nil,
        timeZone: TimeZoneName? = nil
    ) {
        self.email = email
        self.firstName = firstName
        self.lastName = lastName
        self.locale = locale
        self.timeZone = timeZone
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case firstName = "first_name"
        case lastName = "last_name"
        case locale
        case timeZone = "time_zone"
    }
}

/// What an administrator changes of an account. What is absent or null stays as it is.
public struct AdminUpdateUserRequest: Codable, Sendable, Equatable {
    public let firstName: PersonName?
    public let lastName: PersonName?
    public let locale: Language?
    public let timeZone: TimeZoneName?
    /// The right to administer the installation. A change ends the person's sessions.
    public let isSuperuser: Bool?
    public let reason: ReasonText?

    public init(
        firstName: PersonName? = nil, lastName: PersonName? = nil, locale: Language? = nil,
        timeZone: TimeZoneName? = nil, isSuperuser: Bool? = nil, reason: ReasonText? = nil
    ) {
        self.firstName = firstName
        self.lastName = lastName
        self.locale = locale
        self.timeZone = timeZone
        self.isSuperuser = isSuperuser
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case firstName = "first_name"
        case lastName = "last_name"
        case locale
        case timeZone = "time_zone"
        case isSuperuser = "is_superuser"
        case reason
    }
}
