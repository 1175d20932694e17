public import Core

/// What is to be known of a new key of a team.
public struct TeamKeyTraits: Sendable, Equatable {
    /// 1 to 100 characters on one line.
    public let name: String
    /// Of ``Permission/ofTeamKeys``, at least one.
    public let scopes: Scopes
    /// From where it may be used, at most ``TeamAPIKey/mostAddressRanges``; empty for everywhere.
    public let addressRanges: [AddressRange]
    /// When it stops working; nil for never.
    public let expiresAt: Timestamp?

    public init(name: String, scopes: Scopes, addressRanges: [AddressRange] = [], expiresAt: Timestamp? = nil) {
        self.name = name
        self.scopes = scopes
        self.addressRanges = addressRanges
        self.expiresAt = expiresAt
    }
}

/// What is changed about a key of a team, as in ``TeamKeyTraits``. What is nil stays as it is.
public struct TeamKeyChanges: Sendable, Equatable {
    public let name: String?
    public let scopes: Scopes?
    public let addressRanges: [AddressRange]?
    public let expiresAt: Timestamp?

    public init(
        name: String? = nil, scopes: Scopes? = nil, addressRanges: [AddressRange]? = nil, expiresAt: Timestamp? = nil
    ) {
        self.name = name
        self.scopes = scopes
        self.addressRanges = addressRanges
        self.expiresAt = expiresAt
    }
}
