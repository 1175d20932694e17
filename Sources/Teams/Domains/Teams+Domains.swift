public import Auth
public import Core
public import Persistence

extension Teams {
    private static let challengeLength = 32  // bytes

    /// The domains of a team, latest added first, expired ones too.
    /// - Throws: As ``find(_:by:needing:origin:)``.
    public func domains(
        of id: ID<Team>, by principal: Principal, origin: RequestOrigin, page: PageRequest
    ) async throws -> Page<TeamDomain> {
        try await read(of: id, by: principal, needing: .teamRead, origin: origin) { store in
            try await store.teamDomains.list(in: id, page: page)
        }
    }

    /// Says that a domain is the team's own, which is to be proven within a week. Many teams may say so, one can prove it.
    /// - Parameter role: What people who join by it will be; never an owner.
    /// - Throws: ``TeamError/domainUnsuitable``, ``TeamError/domainExists``, ``TeamError/tooMany``,
    ///   ``TeamError/unknownRole``, ``TeamError/roleTooHigh``; as ``find(_:by:needing:origin:)``.
    public func addDomain(
        _ name: DomainName, joiningAs role: RoleID, to id: ID<Team>, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<TeamDomain>? = nil
    ) async throws -> TeamDomain {
        guard !name.isOfPublicMail,
            challenge.recordName(of: name).utf8.count <= Self.longestName
        else { throw TeamError.domainUnsuitable }
        guard role != .owner else { throw TeamError.unknownRole }
        return try await change(id, by: principal, needing: .teamWrite, origin: origin, receipt: receipt) { change in
            let (store, now) = (change.store, change.now)
            try change.access.require(.teamWrite, managing: [try await change.role(role).role])
            try await store.teamDomains.removeExpired(name.ascii, in: id, at: now)
            guard try await store.teamDomains.count(in: id) < TeamDomain.mostOfTeam else { throw TeamError.tooMany }
            let domain = TeamDomain(
                id: .make(at: now, randomness: randomness), teamID: id, name: name, role: role,
                challenge: Base64URL.encode(randomness.bytes(Self.challengeLength)), addedBy: principal.user.id,
                createdAt: now, expiresAt: now + Lifetimes.domainChallenge)
            do {
                try await store.teamDomains.insert(domain)
            } catch DatabaseError.duplicate(.teamDomain) {
                throw TeamError.domainExists
            }
            try await change.record(
                change.audit.event(
                    .domainAdded, on: "domain", domain.id, changes: ["domain": name.ascii, "role": "\(role)"]))
            return domain
        }
    }

    /// Takes a domain away: nobody joins by it any more, and another team may prove it. Members stay.
    /// - Throws: ``TeamError/notFound``; as ``find(_:by:needing:origin:)``.
    public func removeDomain(
        _ domain: ID<TeamDomain>, from id: ID<Team>, by principal: Principal, origin: RequestOrigin
    ) async throws {
        try await change(id, by: principal, needing: .teamWrite, origin: origin) { change in
            let found = try await change.domain(domain)
            _ = try await change.store.teamDomains.remove(domain, in: id)
            try await change.record(
                change.audit.event(.domainRemoved, on: "domain", domain, changes: ["domain": found.name.ascii]))
        }
    }

    /// Removes the domains that were not proven, a while after their time.
    /// - Parameter retention: How long after it they can be looked at.
    public func sweepDomains(retention: Duration) async throws {
        _ = try await database.scoped(.system).teamDomains.remove(expiredBefore: time.now() - retention)
    }

    /// What a name in the DNS may measure, in bytes (RFC 1035, section 2.3.4).
    private static let longestName = 253
}

extension TeamChange {
    /// - Throws: ``TeamError/notFound``.
    func domain(_ id: ID<TeamDomain>) async throws -> TeamDomain {
        guard let found = try await store.teamDomains.find(id, in: team.id) else { throw TeamError.notFound }
        return found
    }
}
