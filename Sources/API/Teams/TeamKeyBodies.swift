public import Core

/// An API key of a team.
public struct TeamKeyBody: Codable, Sendable, Equatable {
    public let id: ID<TeamAPIKey>
    public let name: String
    /// The first characters of its secrets.
    public let prefix: String
    public let scopes: [Permission]
    /// The networks from which it may be used; empty for everywhere from where the team may be used.
    public let addressRanges: AddressRangeList
    public let expiresAt: Timestamp?
    /// Until when the secret before the last rotation works, too; may be past.
    public let formerSecretUntil: Timestamp?
    /// To within five minutes.
    public let lastUsedAt: Timestamp?
    /// From where it was used then.
    public let lastUsedIP: String?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(_ key: TeamAPIKey) {
        id = key.id
        name = key.name
        prefix = key.prefix
        scopes = key.scopes.permissions.sorted { $0.rawValue < $1.rawValue }
        addressRanges = AddressRangeList(key.addressRanges)
        expiresAt = key.expiresAt
        formerSecretUntil = key.formerSecretUntil
        lastUsedAt = key.lastUse?.time
        lastUsedIP = key.lastUse?.address
        createdAt = key.createdAt
        updatedAt = key.updatedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case prefix
        case scopes
        case addressRanges = "address_ranges"
        case expiresAt = "expires_at"
        case formerSecretUntil = "former_secret_until"
        case lastUsedAt = "last_used_at"
        case lastUsedIP = "last_used_ip"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

/// An API key of a team with a new secret, which is shown this once.
public struct NewTeamKeyBody: Codable, Sendable, Equatable {
    public let id: ID<TeamAPIKey>
    public let name: String
    public let prefix: String
    /// Goes after `Authorization: Bearer`.
    public let secret: String
    public let scopes: [Permission]
    public let addressRanges: AddressRangeList
    public let expiresAt: Timestamp?
    public let formerSecretUntil: Timestamp?
    public let lastUsedAt: Timestamp?
    public let lastUsedIP: String?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(_ key: TeamAPIKey, secret: String) {
        let body = TeamKeyBody(key)
        id = body.id
        name = body.name
        prefix = body.prefix
        self.secret = secret
        scopes = body.scopes
        addressRanges = body.addressRanges
        expiresAt = body.expiresAt
        formerSecretUntil = body.formerSecretUntil
        lastUsedAt = body.lastUsedAt
        lastUsedIP = body.lastUsedIP
        createdAt = body.createdAt
        updatedAt = body.updatedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case prefix
        case secret
        case scopes
        case addressRanges = "address_ranges"
        case expiresAt = "expires_at"
        case formerSecretUntil = "former_secret_until"
        case lastUsedAt = "last_used_at"
        case lastUsedIP = "last_used_ip"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
