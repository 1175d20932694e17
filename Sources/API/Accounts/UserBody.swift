public import Core

/// A person's account as the API shows it to that person.
public struct UserBody: Codable, Sendable, Equatable {
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
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(_ user: User) {
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
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
