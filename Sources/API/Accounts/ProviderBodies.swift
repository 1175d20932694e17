public import Core

/// Which provider a path names.
public struct ProviderPath: Codable, Sendable, Equatable {
    public let provider: ProviderName

    public init(provider: ProviderName) {
        self.provider = provider
    }
}

/// Where a sign-in at a provider ends.
public struct AuthorizeQuery: Codable, Sendable {
    /// A path of ours, or an address of an origin on the allow-list; the start page unless given.
    public let redirectTo: RedirectText?

    public init(redirectTo: RedirectText? = nil) {
        self.redirectTo = redirectTo
    }

    private enum CodingKeys: String, CodingKey {
        case redirectTo = "redirect_to"
    }
}

/// What a provider sends a browser back with (RFC 6749, section 4.1.2; RFC 9207).
public struct ProviderCallbackQuery: Codable, Sendable {
    public let code: ChallengeText?
    public let state: ChallengeText?
    public let iss: ChallengeText?
    public let error: ChallengeText?

    public init(
        code: ChallengeText? = nil, state: ChallengeText? = nil, iss: ChallengeText? = nil,
        error: ChallengeText? = nil
    ) {
        self.code = code
        self.state = state
        self.iss = iss
        self.error = error
    }
}

/// An account at a provider that the person signs in with.
public struct IdentityBody: Codable, Sendable, Equatable {
    public let id: ID<LinkedIdentity>
    public let provider: String
    /// The address there at the last sign-in.
    public let email: String?
    public let createdAt: Timestamp
    public let lastUsedAt: Timestamp

    public init(_ identity: LinkedIdentity) {
        id = identity.id
        provider = identity.provider
        email = identity.email
        createdAt = identity.createdAt
        lastUsedAt = identity.lastUsedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case provider
        case email
        case createdAt = "created_at"
        case lastUsedAt = "last_used_at"
    }
}

/// Which linked account a path names.
public struct IdentityParameters: Codable, Sendable, Equatable {
    public let id: ID<LinkedIdentity>

    public init(id: ID<LinkedIdentity>) {
        self.id = id
    }
}
