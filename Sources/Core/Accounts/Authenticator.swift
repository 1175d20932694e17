/// An authenticator app that a person set up to show one-time codes (RFC 6238), as the database knows it.
public struct Authenticator: Sendable, Equatable {
    /// The shared secret under a master key.
    public let sealedSecret: [UInt8]
    public let createdAt: Timestamp
    /// When the person showed that the app works; nil while not: then it is asked for nowhere.
    public let confirmedAt: Timestamp?
    /// The time step of the code used last: no code of it or before works again. Nil before the first.
    public let lastStep: Int64?

    public init(
        sealedSecret: [UInt8], createdAt: Timestamp, confirmedAt: Timestamp? = nil, lastStep: Int64? = nil
    ) {
        self.sealedSecret = sealedSecret
        self.createdAt = createdAt
        self.confirmedAt = confirmedAt
        self.lastStep = lastStep
    }
}
