public import Core

/// The invitations of teams, of whose tokens only hashes are kept. Who changes one has locked its team,
/// ``TeamRepository/findLocked(_:by:)``.
///
/// In the scope of a team only its own are there, in the scope of a person none.
public protocol InvitationRepository: Sendable {
    /// - Parameter hash: SHA-256 of the token.
    /// - Throws: ``DatabaseError/duplicate(_:)`` with ``UniqueRule/openInvitation`` while another one to the same address has
    ///   not ended.
    func insert(_ invitation: Invitation, hash: [UInt8]) async throws

    func find(_ id: ID<Invitation>, in team: ID<Team>) async throws -> Invitation?

    /// By the hash of its token, ended or not.
    func find(hash: [UInt8]) async throws -> InvitationSeen?

    /// The team's, latest first by creation, then id.
    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<Invitation>

    /// Those to an address that have not ended, first expiring first. Only the system may ask.
    func listOpen(to emailKey: String, at time: Timestamp, limit: Int) async throws -> [InvitationSeen]

    /// Whether one of the team to an address has not ended, though its time may be over.
    func hasOpen(to emailKey: String, in team: ID<Team>) async throws -> Bool

    /// How many invitations to addresses have not ended, which hold a seat each.
    func openCount(in team: ID<Team>, at time: Timestamp) async throws -> Int

    /// Ends one that has not ended.
    /// - Returns: Whether it had not.
    func end(_ id: ID<Invitation>, in team: ID<Team>, as end: Invitation.End, at time: Timestamp) async throws -> Bool

    /// Ends the one of a team to an address that has not ended.
    /// - Returns: Whether there was one.
    func endOpen(
        to emailKey: String, in team: ID<Team>, as end: Invitation.End, at time: Timestamp
    ) async throws -> Bool

    /// Ends those of a team to an address whose time is over, so that there can be another one.
    func endExpired(to emailKey: String, in team: ID<Team>, at time: Timestamp) async throws

    /// Gives one that has not ended, or has only expired, another token and another time to live.
    /// - Returns: Whether there was such a one.
    func renew(
        _ id: ID<Invitation>, in team: ID<Team>, hash: [UInt8], at time: Timestamp, expiresAt: Timestamp
    ) async throws -> Bool

    /// Counts a use of a link that has uses left.
    /// - Returns: Whether it had.
    func use(_ id: ID<Invitation>, in team: ID<Team>) async throws -> Bool

    /// How many that have not ended give a role that the team made.
    func count(with role: ID<CustomRole>, in team: ID<Team>) async throws -> Int

    /// Removes those whose time was over before `time`. Only the system may.
    /// - Returns: How many.
    func remove(expiredBefore time: Timestamp) async throws -> Int
}
