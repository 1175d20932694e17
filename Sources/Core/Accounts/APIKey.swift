/// A key by which programs act for a person, within its scopes.
public struct APIKey: Sendable, Equatable, Identifiable {
    public let id: ID<APIKey>
    public let userID: ID<User>
    /// What the person calls it: 1 to 100 characters on one line.
    public let name: String
    /// The first characters of the secret, to tell keys apart by.
    public let prefix: String
    public let scopes: Scopes
    /// When it stops working; nil for never.
    public let expiresAt: Timestamp?
    /// Written at most every five minutes; nil before the first use.
    public let lastUsedAt: Timestamp?
    public let createdAt: Timestamp

    public init(
        id: ID<APIKey>, userID: ID<User>, name: String, prefix: String, scopes: Scopes, expiresAt: Timestamp? = nil,
        lastUsedAt: Timestamp? = nil, createdAt: Timestamp
    ) {
        self.id = id
        self.userID = userID
        self.name = name
        self.prefix = prefix
        self.scopes = scopes
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.createdAt = createdAt
    }
}
