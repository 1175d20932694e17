/// A person's account at a provider that they sign in with. Issuer and subject together name it for good; the rest is
/// what the provider said.
public struct LinkedIdentity: Sendable, Equatable, Identifiable {
    public let id: ID<LinkedIdentity>
    public let userID: ID<User>
    /// What the installation calls the provider, such as `google`.
    public let provider: String
    public let issuer: String
    public let subject: String
    /// The address there, as typed; nil where the provider told none.
    public let email: String?
    public let createdAt: Timestamp
    public let lastUsedAt: Timestamp

    public init(
        id: ID<LinkedIdentity>, userID: ID<User>, provider: String, issuer: String, subject: String, email: String?,
        createdAt: Timestamp, lastUsedAt: Timestamp
    ) {
        self.id = id
        self.userID = userID
        self.provider = provider
        self.issuer = issuer
        self.subject = subject
        self.email = email
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
    }
}
