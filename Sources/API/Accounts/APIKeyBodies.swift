public import Core

/// A new API key.
public struct CreateAPIKeyRequest: Codable, Sendable {
    public let name: LabelText
    /// What it may do; nothing else.
    public let scopes: ScopeList
    /// Never, unless given.
    public let expiresAt: Timestamp?

    public init(name: LabelText, scopes: ScopeList, expiresAt: Timestamp? = nil) {
        self.name = name
        self.scopes = scopes
        self.expiresAt = expiresAt
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case scopes
        case expiresAt = "expires_at"
    }
}

/// An API key as its owner sees it.
public struct APIKeyBody: Codable, Sendable, Equatable {
    public let id: ID<APIKey>
    public let name: String
    /// The first characters of the secret.
    public let prefix: String
    public let scopes: [Permission]
    public let expiresAt: Timestamp?
    /// To within five minutes.
    public let lastUsedAt: Timestamp?
    public let createdAt: Timestamp

    public init(_ key: APIKey) {
        id = key.id
        name = key.name
        prefix = key.prefix
        scopes = key.scopes.permissions.sorted { $0.rawValue < $1.rawValue }
        expiresAt = key.expiresAt
        lastUsedAt = key.lastUsedAt
        createdAt = key.createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case prefix
        case scopes
        case expiresAt = "expires_at"
        case lastUsedAt = "last_used_at"
        case createdAt = "created_at"
    }
}

/// An API key just made, with the secret that is shown this once.
public struct NewAPIKeyBody: Codable, Sendable, Equatable {
    public let id: ID<APIKey>
    public let name: String
    public let prefix: String
    /// Goes after `Authorization: Bearer`.
    public let secret: String
    public let scopes: [Permission]
    public let expiresAt: Timestamp?
    public let lastUsedAt: Timestamp?
    public let createdAt: Timestamp

    public init(_ key: APIKey, secret: String) {
        let body = APIKeyBody(key)
        id = body.id
        name = body.name
        prefix = body.prefix
        self.secret = secret
        scopes = body.scopes
        expiresAt = body.expiresAt
        lastUsedAt = body.lastUsedAt
        createdAt = body.createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case prefix
        case secret
        case scopes
        case expiresAt = "expires_at"
        case lastUsedAt = "last_used_at"
        case createdAt = "created_at"
    }
}

/// Which API key a path names.
public struct APIKeyParameters: Codable, Sendable, Equatable {
    public let id: ID<APIKey>

    public init(id: ID<APIKey>) {
        self.id = id
    }
}
