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

    let database: any Database
    let throttle: Throttle
    let keys: MasterKeys
    let entitlements: any Entitlements
    let time: TimeSource
    let randomness: Randomness
    let announce: Announce

    /// - Parameters:
    ///   - throttle: What counts the mails to one address.
    ///   - keys: What the tokens of mailed invitations are derived from.
    ///   - announce: Nobody is told unless given.
    public init(
        database: any Database, throttle: Throttle, keys: MasterKeys, entitlements: any Entitlements,
        time: TimeSource = .system, randomness: Randomness = .system,
        announce: @escaping Announce = { _, _, _ in }
    ) {
        self.database = database
        self.throttle = throttle
        self.keys = keys
        self.entitlements = entitlements
        self.time = time
        self.randomness = randomness
        self.announce = announce
    }
}
