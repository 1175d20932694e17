/// A mailed token as the database knows it: by its hash, bound to a purpose and an address.
public struct OneTimeToken: Sendable, Equatable {
    /// What a token may be used for; one of another purpose is refused.
    public enum Purpose: String, Sendable, Codable, CaseIterable {
        case verifyEmail = "verify_email"
        case resetPassword = "reset_password"
        case changeEmail = "change_email"
        case undoEmailChange = "undo_email_change"
        case magicLink = "magic_link"
        /// To join a team: kept with the invitation, and of no account.
        case invitation
        /// To prove a domain of a team: kept with the domain, and of no account.
        case verifyDomain = "verify_domain"
    }

    /// SHA-256 of the token.
    public let hash: [UInt8]
    public let purpose: Purpose
    public let userID: ID<User>
    /// The ``EmailAddress/key`` it was mailed to.
    public let emailKey: String
    /// The address that the account gets by it, the one it was mailed to; nil where it changes none.
    public let newEmail: EmailAddress?
    /// The session that asked for it, which outlives the change; nil for none.
    public let sessionID: ID<Session>?
    public let createdAt: Timestamp
    public let expiresAt: Timestamp

    public init(
        hash: [UInt8], purpose: Purpose, userID: ID<User>, emailKey: String, newEmail: EmailAddress? = nil,
        sessionID: ID<Session>? = nil, createdAt: Timestamp, expiresAt: Timestamp
    ) {
        self.hash = hash
        self.purpose = purpose
        self.userID = userID
        self.emailKey = emailKey
        self.newEmail = newEmail
        self.sessionID = sessionID
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
