public import Core

/// Which API key of which team a path names.
public struct TeamKeyPath: Codable, Sendable, Equatable {
    public let team: ID<Team>
    public let id: ID<TeamAPIKey>

    public init(team: ID<Team>, id: ID<TeamAPIKey>) {
        self.team = team
        self.id = id
    }
}

/// What an API key of a team may do.
public enum TeamKeyPermissions: PermissionChoice {
    public static var permissions: [Permission] { Permission.allCases.filter(Permission.ofTeamKeys.contains) }
}

/// A new API key of a team.
public struct CreateTeamKeyRequest: Codable, Sendable, Equatable {
    public let name: LabelText
    /// What it may do in the team, all of which the caller may do; nothing else.
    public let scopes: PermissionList<TeamKeyPermissions>
    /// The addresses and networks from which it may be used; everywhere unless given.
    public let addressRanges: AddressRangeList?
    /// Never, unless given.
    public let expiresAt: Timestamp?

    public init(
        name: LabelText, scopes: PermissionList<TeamKeyPermissions>, addressRanges: AddressRangeList? = nil,
        expiresAt: Timestamp? = nil
    ) {
        self.name = name
        self.scopes = scopes
        self.addressRanges = addressRanges
        self.expiresAt = expiresAt
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case scopes
        case addressRanges = "address_ranges"
        case expiresAt = "expires_at"
    }
}

/// What is changed about an API key of a team. What is absent or null stays as it is.
public struct UpdateTeamKeyRequest: Codable, Sendable, Equatable {
    public let name: LabelText?
    public let scopes: PermissionList<TeamKeyPermissions>?
    public let addressRanges: AddressRangeList?
    public let expiresAt: Timestamp?

    public init(
        name: LabelText? = nil, scopes: PermissionList<TeamKeyPermissions>? = nil,
        addressRanges: AddressRangeList? = nil, expiresAt: Timestamp? = nil
    ) {
        self.name = name
        self.scopes = scopes
        self.addressRanges = addressRanges
        self.expiresAt = expiresAt
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case scopes
        case addressRanges = "address_ranges"
        case expiresAt = "expires_at"
    }
}

/// How an API key gets another secret.
public struct RotateTeamKeyRequest: Codable, Sendable, Equatable {
    /// How long the secret before works on.
    public let overlapSeconds: KeyOverlap

    public init(overlapSeconds: KeyOverlap) {
        self.overlapSeconds = overlapSeconds
    }

    private enum CodingKeys: String, CodingKey {
        case overlapSeconds = "overlap_seconds"
    }
}

/// How long two secrets of a key work side by side, in seconds.
public struct KeyOverlap: SchemaProviding, Sendable, Equatable {
    private static let limits =
        KeySecretHashes.overlaps.lowerBound.secondsRoundedUp...KeySecretHashes.overlaps.upperBound.secondsRoundedUp

    public let seconds: Int64

    /// Nil beyond ``KeySecretHashes/overlaps``.
    public init?(seconds: Int64) {
        guard Self.limits.contains(seconds) else { return nil }
        self.seconds = seconds
    }

    public var duration: Duration { .seconds(seconds) }

    public static var schema: Schema {
        Schema(.integer(limits), example: .number(JSONNumber(3600)))
    }

    public init(from decoder: any Decoder) throws {
        guard let overlap = KeyOverlap(seconds: try decoder.singleValueContainer().decode(Int64.self)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "out of range"))
        }
        self = overlap
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }
}
