/// A key by which programs act in a team, on behalf of nobody: it belongs to the team, not to whoever made it.
public struct TeamAPIKey: Sendable, Equatable, Identifiable {
    /// Ranges that a key may name.
    public static let mostAddressRanges = TeamSettings.mostAddressRanges

    public let id: ID<TeamAPIKey>
    public let teamID: ID<Team>
    /// What the team calls it: 1 to 100 characters on one line.
    public var name: String
    /// The first characters of its secrets, to tell keys apart by.
    public let prefix: String
    /// What it may do in the team; of ``Permission/ofTeamKeys``.
    public var scopes: Scopes
    /// From where it may be used; empty for everywhere from where the team may be used.
    public var addressRanges: [AddressRange]
    /// When it stops working; nil for never.
    public var expiresAt: Timestamp?
    /// Until when the secret before the last rotation works beside the present one; nil for not at all.
    public var formerSecretUntil: Timestamp?
    public var lastUse: Use?
    public let createdAt: Timestamp
    public var updatedAt: Timestamp

    /// When and from where a key was used.
    public struct Use: Sendable, Equatable {
        /// Written at most every five minutes.
        public let time: Timestamp
        /// The program's address in text form; nil where it is not known.
        public let address: String?

        public init(time: Timestamp, address: String?) {
            self.time = time
            self.address = address
        }
    }

    public init(
        id: ID<TeamAPIKey>, teamID: ID<Team>, name: String, prefix: String, scopes: Scopes,
        addressRanges: [AddressRange] = [], expiresAt: Timestamp? = nil, formerSecretUntil: Timestamp? = nil,
        lastUse: Use? = nil, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.teamID = teamID
        self.name = name
        self.prefix = prefix
        self.scopes = scopes
        self.addressRanges = addressRanges
        self.expiresAt = expiresAt
        self.formerSecretUntil = formerSecretUntil
        self.lastUse = lastUse
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    public func isExpired(at time: Timestamp) -> Bool {
        expiresAt.map { $0 <= time } ?? false
    }

    /// Whether it may be used from an address in text form.
    public func admits(_ address: String?) -> Bool {
        addressRanges.admit(address)
    }
}

/// The SHA-256 hashes of the secrets of one key.
public struct KeySecretHashes: Sendable, Equatable {
    /// How long a former secret may go on working: up to seven days.
    public static let overlaps = Duration.zero...Duration.days(7)

    public let current: [UInt8]
    /// Of the secret before the last rotation; nil for none that may still work.
    public let former: [UInt8]?

    public init(current: [UInt8], former: [UInt8]? = nil) {
        self.current = current
        self.former = former
    }
}
