public import Core

/// An account as an administrator sees it.
public struct AdminUserBody: Codable, Sendable, Equatable {
    private static let microsecondsInHour: Int64 = 3_600_000_000

    public let id: ID<User>
    public let email: EmailAddress
    public let firstName: PersonName
    public let lastName: PersonName
    public let locale: Language
    public let timeZone: TimeZoneName
    public let avatarURL: String?
    public let emailVerified: Bool
    public let mfaEnabled: Bool
    /// Neither suspended nor about to be deleted.
    public let isActive: Bool
    public let isSuperuser: Bool
    public let suspendedAt: Timestamp?
    /// Why it was suspended; null unless it is.
    public let suspensionReason: String?
    /// When deletion was asked for.
    public let deletedAt: Timestamp?
    /// When the data is erased.
    public let purgeAt: Timestamp?
    /// When an administrator took the second factors away, until the person signs in by something else than a mail.
    public let secondFactorResetAt: Timestamp?
    /// The hour in which a session of the person was last used: to the hour, so that the entity tag stays the same while the
    /// person works. Null for nobody seen for months.
    public let lastSeenAt: Timestamp?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(_ overview: AccountOverview) {
        let user = overview.user
        id = user.id
        email = user.email
        firstName = user.firstName
        lastName = user.lastName
        locale = user.language
        timeZone = user.timeZone
        avatarURL = user.avatarURL
        emailVerified = user.emailVerifiedAt != nil
        mfaEnabled = user.hasSecondFactor
        isActive = user.isActive
        isSuperuser = user.isSuperuser
        suspendedAt = user.suspendedAt
        suspensionReason = overview.suspensionReason
        deletedAt = user.deletedAt
        purgeAt = user.purgeAt
        secondFactorResetAt = user.secondFactorResetAt
        lastSeenAt = overview.lastSeenAt.map { time in
            Timestamp(microseconds: time.microseconds / Self.microsecondsInHour * Self.microsecondsInHour)
        }
        createdAt = user.createdAt
        updatedAt = user.updatedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case email
        case firstName = "first_name"
        case lastName = "last_name"
        case locale
        case timeZone = "time_zone"
        case avatarURL = "avatar_url"
        case emailVerified = "email_verified"
        case mfaEnabled = "mfa_enabled"
        case isActive = "is_active"
        case isSuperuser = "is_superuser"
        case suspendedAt = "suspended_at"
        case suspensionReason = "suspension_reason"
        case deletedAt = "deleted_at"
        case purgeAt = "purge_at"
        case secondFactorResetAt = "second_factor_reset_at"
        case lastSeenAt = "last_seen_at"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

/// Which account a path names.
public struct AdminUserPath: Codable, Sendable, Equatable {
    public let id: ID<User>

    public init(id: ID<User>) {
        self.id = id
    }
}
