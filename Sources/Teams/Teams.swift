public import Auth
public import Core
public import Persistence

/// What can be done with teams: one act a file, each a unit of work that leaves its audit row and tells others of it.
///
/// Who may do what is ``Policy``'s to say. To whoever is no member a team does not exist: every act throws
/// ``TeamError/notFound`` then.
public struct Teams: Sendable {
    /// Tells the systems of a team of an event, in the unit of work in which it happens; the store is of the team's scope, or
    /// the system's.
    public typealias Announce = @Sendable (WebhookEventKind, TeamEvent, any Store) async throws -> Void

    /// Teams that a person may be the primary owner of.
    public static let mostOwned = 100
    /// Roles that a team may make.
    public static let mostRoles = 50
    /// Permissions on single things that a team may grant.
    public static let mostGrants = 10_000
    /// Of these, on one thing.
    public static let mostGrantsOnItem = 100
    /// API keys that a team may have.
    public static let mostKeys = 50

    let database: any Database
    let throttle: Throttle
    let keys: MasterKeys
    let entitlements: any Entitlements
    let resources: GrantableResources
    let records: any DomainRecords
    /// The record by which domains are proven.
    public let challenge: DomainChallenge
    let time: TimeSource
    let randomness: Randomness
    let announce: Announce

    /// - Parameters:
    ///   - throttle: What counts the mails to one address.
    ///   - keys: What the tokens of mailed links are derived from.
    ///   - resources: What permissions can be granted on.
    ///   - records: The DNS, by which domains are proven.
    ///   - challenge: The record by which they are.
    ///   - announce: Nobody is told unless given.
    public init(
        database: any Database, throttle: Throttle, keys: MasterKeys, entitlements: any Entitlements,
        resources: GrantableResources = .standard, records: any DomainRecords, challenge: DomainChallenge = .plinth,
        time: TimeSource = .system, randomness: Randomness = .system,
        announce: @escaping Announce = { _, _, _ in }
    ) {
        self.database = database
        self.throttle = throttle
        self.keys = keys
        self.entitlements = entitlements
        self.resources = resources
        self.records = records
        self.challenge = challenge
        self.time = time
        self.randomness = randomness
        self.announce = announce
    }
}
