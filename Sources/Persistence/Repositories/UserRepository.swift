public import Core

/// The accounts.
///
/// An address belongs to at most one account that is not purged, compared by ``EmailAddress/key``. A purged account is
/// found by id only. In the scope of a person or a team only that person's own account is visible.
public protocol UserRepository: Sendable {
    /// Adds an account.
    /// - Parameter passwordHash: a PHC string, or nil for an account without a password.
    /// - Throws: ``DatabaseError/duplicate(_:)`` with ``UniqueRule/userEmail`` when the address is taken.
    func insert(_ user: User, passwordHash: String?) async throws

    func find(_ id: ID<User>) async throws -> User?

    /// The account with this ``EmailAddress/key``.
    func find(emailKey: String) async throws -> User?

    /// The account with this ``EmailAddress/key`` and the PHC string of its password, if it has one.
    func findForSignIn(emailKey: String) async throws -> (user: User, passwordHash: String?)?

    /// The account and its PHC string, locked until the unit of work ends: whoever changes the password or ends all
    /// sessions comes before or after, never in between.
    func findLocked(_ id: ID<User>) async throws -> (user: User, passwordHash: String?)?

    /// Writes every field but id and creation time, where the stored ``User/version`` is the one given, and counts it up.
    /// - Returns: The user as stored now.
    /// - Throws: ``DatabaseError/versionConflict``, ``DatabaseError/notFound``, ``DatabaseError/duplicate(_:)``.
    func update(_ user: User) async throws -> User

    /// Replaces the password's PHC string where the stored one is still `expected`, so that a rehash at sign-in never
    /// undoes a change of password.
    /// - Returns: Whether it was replaced.
    func replacePasswordHash(of id: ID<User>, expected: String?, with passwordHash: String) async throws -> Bool

    /// Replaces the password's PHC string whatever it was; nil takes the password away.
    /// - Throws: ``DatabaseError/notFound``.
    func setPasswordHash(of id: ID<User>, to passwordHash: String?) async throws

    /// Notes that the address is proven, unless it is already or is no longer `emailKey`.
    /// - Returns: Whether the account now has that address verified.
    func markEmailVerified(_ id: ID<User>, emailKey: String, at time: Timestamp) async throws -> Bool

    /// The account with what administrators want to know of it; nil for one whose data is erased or due to be at `time`.
    /// Only the system may ask.
    func overview(of id: ID<User>, at time: Timestamp) async throws -> AccountOverview?

    /// Accounts whose data is neither erased nor due to be at `time`, latest first by creation, then id; by the bytes of
    /// ``EmailAddress/key`` where a prefix is asked for. Only the system may ask.
    func list(matching filter: UserFilter, at time: Timestamp, page: PageRequest) async throws -> Page<AccountOverview>

    /// Accounts that are due to be purged: not purged, and ``User/purgeAt`` is past. The longest due first. Only the system
    /// may ask.
    func listDueForPurge(at time: Timestamp, limit: Int) async throws -> [ID<User>]

    /// Erases what is held about the person of an account that is due: the account becomes ``User/purged(at:)``, without
    /// a password, and the address is free; sessions, credentials, links, notifications, kept answers, waiting mails and
    /// what is known of mails to the address are removed. Other repositories keep the audit log, the exports and the parts in
    /// teams. Only the system may.
    /// - Returns: Whether it was due, and purged now.
    func purge(_ id: ID<User>, at time: Timestamp) async throws -> Bool
}
