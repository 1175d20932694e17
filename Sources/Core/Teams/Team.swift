/// A group of people who share data and a subscription: the tenant.
public struct Team: Sendable, Equatable, Identifiable {
    public let id: ID<Team>
    public var name: TeamName
    /// The name in addresses, unique among all teams.
    public var slug: TeamSlug
    /// The primary owner; others may have the role too.
    public var ownerID: ID<User>
    public var settings: TeamSettings
    /// Where its picture is, for whoever may read the team; nil for none.
    public var avatarURL: String?
    public let createdAt: Timestamp
    public var updatedAt: Timestamp
    /// Counts changes, for optimistic locking; 1 when new.
    public var version: Int64

    public init(
        id: ID<Team>, name: TeamName, slug: TeamSlug, ownerID: ID<User>, settings: TeamSettings = TeamSettings(),
        avatarURL: String? = nil, createdAt: Timestamp, updatedAt: Timestamp, version: Int64 = 1
    ) {
        self.id = id
        self.name = name
        self.slug = slug
        self.ownerID = ownerID
        self.settings = settings
        self.avatarURL = avatarURL
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }
}

/// What a team asks of its members.
public struct TeamSettings: Sendable, Equatable {
    /// Ranges that a team may name.
    public static let mostAddressRanges = 50

    /// Whether only members whose sign-ins ask for a second factor may use the team.
    public var requiresSecondFactor: Bool
    /// From where the team may be used; empty for everywhere.
    public var addressRanges: [AddressRange]

    public init(requiresSecondFactor: Bool = false, addressRanges: [AddressRange] = []) {
        self.requiresSecondFactor = requiresSecondFactor
        self.addressRanges = addressRanges
    }

    /// Whether the team may be used from an address in text form; from an unknown one only where every address is welcome.
    public func admits(_ address: String?) -> Bool {
        addressRanges.admit(address)
    }
}
