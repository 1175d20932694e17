import Core

/// How an export shows an account: names as in the database, no secrets.
struct ExportedAccount: Encodable {
    let id: ID<User>
    let email: String
    /// What tells the address from others.
    let emailKey: String
    let emailVerifiedAt: Timestamp?
    let firstName: String
    let lastName: String
    let locale: String
    let timeZone: String
    let avatarUrl: String?
    let isSuperuser: Bool
    let mfaEnabled: Bool
    let secondFactorResetAt: Timestamp?
    let suspendedAt: Timestamp?
    let deletedAt: Timestamp?
    let purgeAt: Timestamp?
    let termsVersion: String?
    let termsAgreedAt: Timestamp?
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ user: User) {
        id = user.id
        email = user.email.text
        emailKey = user.email.key
        emailVerifiedAt = user.emailVerifiedAt
        firstName = user.firstName.text
        lastName = user.lastName.text
        locale = user.language.rawValue
        timeZone = user.timeZone.text
        avatarUrl = user.avatarURL
        isSuperuser = user.isSuperuser
        mfaEnabled = user.hasSecondFactor
        secondFactorResetAt = user.secondFactorResetAt
        suspendedAt = user.suspendedAt
        deletedAt = user.deletedAt
        purgeAt = user.purgeAt
        termsVersion = user.terms?.version
        termsAgreedAt = user.terms?.agreedAt
        createdAt = user.createdAt
        updatedAt = user.updatedAt
    }
}
