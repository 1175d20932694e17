public import Auth
public import Core
public import Persistence

extension Teams {
    /// Proves a domain by the record in the DNS. One that the team has proven stays as it is.
    /// - Throws: ``TeamError/notFound``, ``TeamError/domainExpired``, ``TeamError/recordMissing``,
    ///   ``TeamError/recordsUnavailable``, ``TeamError/domainTaken``, ``TeamError/throttled(retryAfter:)``; as
    ///   ``find(_:by:needing:origin:)``.
    public func verifyDomainByRecord(
        _ domain: ID<TeamDomain>, of id: ID<Team>, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<TeamDomain>? = nil
    ) async throws -> TeamDomain {
        let found = try await domainToVerify(domain, of: id, by: principal, origin: origin)
        if found.verification == nil {
            if case .denied(let retryAfter) = try await throttle.reserve(.domainRecords, key: id.description) {
                throw TeamError.throttled(retryAfter: retryAfter)
            }
            guard try await hasRecord(of: found) else { throw TeamError.recordMissing }
        }
        return try await naming {
            try await change(id, by: principal, needing: .teamWrite, origin: origin, receipt: receipt) { change in
                let before = try await change.domain(domain)
                guard before.verification == nil else { return before }
                // The record was read for what the domain asked for then.
                guard before.challenge == found.challenge, before.status(at: change.now) == .pending else {
                    throw TeamError.domainExpired
                }
                let verification = TeamDomain.Verification(proof: .dns, verifiedAt: change.now)
                guard try await change.store.teamDomains.verify(domain, in: id, as: verification) else {
                    throw TeamError.notFound
                }
                try await change.record(
                    change.audit.event(.domainVerified, on: "domain", domain, changes: before.told(.dns)))
                return try await change.domain(domain)
            }
        }
    }

    /// Mails a link by which the domain's postmaster proves it. The link before is good for nothing.
    /// - Returns: The domain where the team has proven it already; nil where a mail goes out.
    /// - Throws: ``TeamError/notFound``, ``TeamError/domainExpired``, ``TeamError/throttled(retryAfter:)``; as
    ///   ``find(_:by:needing:origin:)``.
    public func mailDomainLink(
        _ domain: ID<TeamDomain>, of id: ID<Team>, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<TeamDomain?>? = nil
    ) async throws -> TeamDomain? {
        let found = try await domainToVerify(domain, of: id, by: principal, origin: origin)
        // Counted for the address, whichever team asks.
        if found.verification == nil,
            case .denied(let retryAfter) = try await throttle.reserve(.mail, key: "domain:\(found.name.ascii)")
        {
            throw TeamError.throttled(retryAfter: retryAfter)
        }
        return try await change(id, by: principal, needing: .teamWrite, origin: origin, receipt: receipt) { change in
            let before = try await change.domain(domain)
            guard before.verification == nil else { return before }
            guard before.status(at: change.now) == .pending else { throw TeamError.domainExpired }
            let mail = try domainMail(to: before, by: principal.user, in: change)
            _ = try await change.store.teamDomains.setMail(
                hash: mail.hash, expiresAt: mail.expiresAt, of: domain, in: id)
            try await change.store.jobs.enqueue(mail.job)
            try await change.record(
                change.audit.event(.domainMailed, on: "domain", domain, changes: ["domain": before.name.ascii]))
            return nil
        }
    }

    /// Proves a domain by the token that was mailed to its postmaster, who needs no account.
    /// - Throws: ``TeamError/domainTaken``; `AuthError` for no token of ours, or one whose time is over.
    public func confirmDomain(_ token: String, origin: RequestOrigin, receipt: Receipt<Void>? = nil) async throws {
        let (hash, now) = (OneTimeTokens.hash(of: token), time.now())
        try await naming {
            try await database.transaction(.system, repetition: .allowed, receipt: receipt) { store in
                guard let (domain, mailExpiresAt) = try await store.teamDomains.find(mailHash: hash) else {
                    throw AuthError.invalidToken
                }
                guard now < min(mailExpiresAt, domain.expiresAt) else { throw AuthError.tokenExpired }
                let verification = TeamDomain.Verification(proof: .email, verifiedAt: now)
                guard try await store.teamDomains.verify(domain.id, in: domain.teamID, as: verification) else {
                    throw AuthError.invalidToken
                }
                // Nobody is signed in: where the postmaster is is not the team's to know.
                try await record(
                    AuditEvent(
                        id: .make(at: now, randomness: randomness), action: TeamAction.domainVerified.rawValue,
                        actorID: nil, teamID: domain.teamID, targetType: "domain", targetID: domain.id.description,
                        origin: RequestOrigin(requestID: origin.requestID), changes: domain.told(.email),
                        createdAt: now), in: store)
            }
        }
    }

    /// A domain that the caller may prove, in its time or proven.
    private func domainToVerify(
        _ domain: ID<TeamDomain>, of id: ID<Team>, by principal: Principal, origin: RequestOrigin
    ) async throws -> TeamDomain {
        // Before anything is counted or looked up.
        _ = try await find(id, by: principal, needing: .teamWrite, origin: origin)
        let store = database.scoped(.team(id, principal.user.id))
        guard let found = try await store.teamDomains.find(domain, in: id) else { throw TeamError.notFound }
        guard found.status(at: time.now()) != .expired else { throw TeamError.domainExpired }
        return found
    }

    func hasRecord(of domain: TeamDomain) async throws -> Bool {
        do {
            return try await records.texts(of: challenge.recordName(of: domain.name))
                .contains(challenge.recordText(of: domain))
        } catch is DomainRecordsError {
            throw TeamError.recordsUnavailable
        }
    }

    private func naming<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch DatabaseError.duplicate(.verifiedDomain) {
            throw TeamError.domainTaken
        }
    }
}

extension TeamDomain {
    /// As audit rows tell it.
    fileprivate func told(_ proof: Proof) -> [String: String] {
        ["domain": name.ascii, "proof": proof.rawValue]
    }
}
