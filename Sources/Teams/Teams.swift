public import Auth
public import Core
public import Persistence

/// What can be done with teams: one act a file, each a unit of work that leaves its audit row.
///
/// Who may do what is ``Policy``'s to say. To whoever is no member a team does not exist: every act throws
/// ``TeamError/notFound`` then.
public struct Teams: Sendable {
    /// Teams that a person may be the primary owner of.
    public static let mostOwned = 100
    /// Roles that a team may make.
    public static let mostRoles = 50
    /// API keys that a team may have.
    public static let mostKeys = 50

    let database: any Database
    let throttle: Throttle
    let keys: MasterKeys
    let entitlements: any Entitlements
    let time: TimeSource
    let randomness: Randomness

    /// - Parameters:
    ///   - throttle: What counts the mails to one address.
    ///   - keys: What the tokens of mailed invitations are derived from.
    public init(
        database: any Database, throttle: Throttle, keys: MasterKeys, entitlements: any Entitlements,
        time: TimeSource = .system, randomness: Randomness = .system
    ) {
        self.database = database
        self.throttle = throttle
        self.keys = keys
        self.entitlements = entitlements
        self.time = time
        self.randomness = randomness
    }
}
