public import Core

/// The domains of teams. Who adds one has locked its team, ``TeamRepository/findLocked(_:by:)``.
///
/// In the scope of a team only its own are there, in the scope of a person none.
public protocol TeamDomainRepository: Sendable {
    /// - Throws: ``DatabaseError/duplicate(_:)`` with ``UniqueRule/teamDomain`` where the team has it already.
    func insert(_ domain: TeamDomain) async throws

    func find(_ id: ID<TeamDomain>, in team: ID<Team>) async throws -> TeamDomain?

    /// By the hash of the token that was mailed last, with the time until when that is good. Only the system may ask.
    func find(mailHash: [UInt8]) async throws -> (domain: TeamDomain, mailExpiresAt: Timestamp)?

    /// The one that the team has proven to be its own.
    func findVerified(_ name: String, in team: ID<Team>) async throws -> TeamDomain?

    /// The team that somebody with an address at this domain may join: of a domain that is proven, where the person neither
    /// is in the team nor barred from it. Only the system may ask.
    func findJoinable(_ name: String, by user: ID<User>) async throws -> JoinableTeam?

    /// The team's, latest first by creation, then id.
    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<TeamDomain>

    func count(in team: ID<Team>) async throws -> Int

    /// How many give a role that the team made.
    func count(with role: ID<CustomRole>, in team: ID<Team>) async throws -> Int

    /// Keeps the hash of a token that is mailed; the one before is good for nothing.
    /// - Returns: Whether there is such a domain, not proven yet.
    func setMail(
        hash: [UInt8], expiresAt: Timestamp, of id: ID<TeamDomain>, in team: ID<Team>
    ) async throws -> Bool

    /// Makes it the team's own, and forgets a token that was mailed.
    /// - Returns: Whether there is such a domain, not proven yet.
    /// - Throws: ``DatabaseError/duplicate(_:)`` with ``UniqueRule/verifiedDomain`` where it is another team's.
    func verify(_ id: ID<TeamDomain>, in team: ID<Team>, as verification: TeamDomain.Verification) async throws -> Bool

    /// Those proven by the DNS whose record was looked at last before `time`, the longest ago first. Only the system may ask.
    func listToCheck(checkedBefore time: Timestamp, limit: Int) async throws -> [DomainCheck]

    /// Writes down that the record of one proven by the DNS was looked at.
    /// - Parameter missingSince: Since when it is not there; nil where it is.
    func setChecked(
        _ id: ID<TeamDomain>, in team: ID<Team>, at time: Timestamp, missingSince: Timestamp?
    ) async throws

    /// Takes the proof of one proven by the DNS away.
    /// - Parameter expiresAt: Until when it can be proven anew.
    /// - Returns: Whether there was such a domain.
    func unverify(_ id: ID<TeamDomain>, in team: ID<Team>, expiresAt: Timestamp) async throws -> Bool

    /// - Returns: Whether it was there.
    func remove(_ id: ID<TeamDomain>, in team: ID<Team>) async throws -> Bool

    /// Removes one of this name whose time to be proven was over at `time`, so that it can be added anew.
    func removeExpired(_ name: String, in team: ID<Team>, at time: Timestamp) async throws

    /// Removes those that were not proven, and whose time was over before `time`. Only the system may.
    /// - Returns: How many.
    func remove(expiredBefore time: Timestamp) async throws -> Int
}

/// A domain whose record is to be looked at anew.
public struct DomainCheck: Sendable, Equatable {
    public let domain: TeamDomain
    /// Since when its record is not there; nil where it was there the last time.
    public let missingSince: Timestamp?

    public init(domain: TeamDomain, missingSince: Timestamp?) {
        self.domain = domain
        self.missingSince = missingSince
    }
}

/// Who was put out of a team, and may not come back unasked. Who changes it has locked the team.
///
/// In the scope of a team its own are there, in the scope of a person the own ones, to be read only.
public protocol BarredUserRepository: Sendable {
    /// Who is barred already stays so, from then on.
    func insert(_ user: ID<User>, in team: ID<Team>, at time: Timestamp) async throws

    func contains(_ user: ID<User>, in team: ID<Team>) async throws -> Bool

    /// - Returns: Whether the person was barred.
    @discardableResult
    func remove(_ user: ID<User>, in team: ID<Team>) async throws -> Bool
}
