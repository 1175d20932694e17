/// A mailed token as the database knows it: by its hash, bound to a purpose and an address.
public struct OneTimeToken: Sendable, Equatable {
    /// What a token may be used for; one of another purpose is refused.
    public enum Purpose: String, Sendable, Codable, CaseIterable {
        case verifyEmail = "verify_email"
        case resetPassword = "reset_password"
        case changeEmail = "change_email"
        case undoEmailChange = "undo_email_change"
        case magicLink = "magic_link"
    }

    /// SHA-256 of the token.
    public let hash: [UInt8]
    public let purpose: Purpose
    public let userID: ID<User>
    /// The ``EmailAddress/key`` it was mailed to.
    public let emailKey: String
    public let createdAt: Timestamp
    public let expiresAt: Timestamp

    public init(
        hash: [UInt8], purpose: Purpose, userID: ID<User>, emailKey: String, createdAt: Timestamp, expiresAt: Timestamp
    ) {
        self.hash = hash
        self.purpose = purpose
        self.userID = userID
        self.emailKey = emailKey
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
