import Auth
import Core
import Persistence

extension Teams {
    /// How long a proof stands before its record is looked at anew.
    private static let checkInterval = Duration.days(1)
    /// How long a record may be gone: long enough to move a zone, and to mend what broke.
    private static let missingGrace = Duration.days(7)
    /// Domains that are looked at in one go, one after another.
    private static let mostChecked = 100

    /// Looks anew for the records of domains that were proven by them. One whose record is gone for a week is no longer
    /// proven: nobody joins by it until it is again. Its members stay.
    public func checkDomains() async throws {
        let due = try await database.scoped(.system).teamDomains
            .listToCheck(checkedBefore: time.now() - Self.checkInterval, limit: Self.mostChecked)
        for check in due { try await look(check) }
    }

    private func look(_ check: DomainCheck) async throws {
        let domain = check.domain
        let isThere: Bool
        do {
            isThere = try await hasRecord(of: domain)
        } catch TeamError.recordsUnavailable {
            // Who does not answer says neither.
            return try await write(check, missingSince: check.missingSince)
        }
        let missingSince = isThere ? nil : check.missingSince ?? time.now()
        if let missingSince, missingSince + Self.missingGrace <= time.now() {
            try await unverify(domain)
        } else {
            try await write(check, missingSince: missingSince)
        }
    }

    private func write(_ check: DomainCheck, missingSince: Timestamp?) async throws {
        try await database.scoped(.system).teamDomains
            .setChecked(check.domain.id, in: check.domain.teamID, at: time.now(), missingSince: missingSince)
    }

    private func unverify(_ domain: TeamDomain) async throws {
        let now = time.now()
        let event = AuditEvent(
            id: .make(at: now, randomness: randomness), action: TeamAction.domainUnverified.rawValue, actorID: nil,
            teamID: domain.teamID, targetType: "domain", targetID: domain.id.description, origin: .none,
            changes: ["domain": domain.name.ascii], createdAt: now)
        try await database.transaction(.system, repetition: .allowed) { store in
            guard
                try await store.teamDomains.unverify(
                    domain.id, in: domain.teamID, expiresAt: now + Lifetimes.domainChallenge)
            else { return }
            try await record(event, in: store)
        }
    }
}
