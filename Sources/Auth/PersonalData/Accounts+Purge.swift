import Core
import Persistence

extension Accounts {
    /// Accounts looked up at a time.
    private static let purgeBatch = 100

    /// Erases the personal data of every account whose time to come back is over, each in a unit of work of its own: one
    /// that fails or is interrupted is due again and keeps no other waiting. Pictures and archives are removed by jobs.
    /// - Returns: How many were purged.
    /// - Throws: The first failure, once all were tried.
    @discardableResult
    public func purgeDue() async throws -> Int {
        var (count, failed) = (0, Set<ID<User>>())
        var failure: (any Error)?
        while true {
            try Task.checkCancellation()
            let store = database.scoped(.system)
            let due = try await store.users.listDueForPurge(at: time.now(), limit: Self.purgeBatch + failed.count)
                .filter { !failed.contains($0) }
            guard !due.isEmpty else { break }
            for id in due {
                do {
                    count += try await purge(id) ? 1 : 0
                } catch {
                    failed.insert(id)
                    failure = failure ?? error
                }
            }
        }
        if let failure { throw failure }
        return count
    }

    private func purge(_ id: ID<User>) async throws -> Bool {
        let now = time.now()
        let purged = audit(by: .nobody, owner: id, origin: .none, at: now).event(user: id, .userPurged)
        return try await database.transaction(.system, repetition: .allowed) { store in
            guard let (user, _) = try await store.users.findLocked(id), try await store.users.purge(id, at: now)
            else { return false }
            let exports = try await store.dataExports.removeAll(of: id).compactMap(\.archive?.key)
            let picture = user.avatarURL.flatMap { AvatarOwner.user(id).key(in: $0) }
            for key in exports + [picture].compactMap({ $0 }) {
                try await store.jobs.enqueue(
                    Job(ObjectRemoval(key), id: .make(at: now, randomness: randomness), at: now))
            }
            try await store.auditLog.erase(id)
            try await leaveTeams(id, in: store, at: now)
            try await store.auditLog.record(purged)
            return true
        }
    }

    /// Takes a person out of all teams, each of which is told in its log, by nobody.
    private func leaveTeams(_ id: ID<User>, in store: any Store, at now: Timestamp) async throws {
        for ended in try await store.teamMembers.removeAll(of: id, at: now) {
            if let heir = ended.heir {
                try await store.auditLog.record(
                    event(
                        .ownershipTransferred, on: "team", ended.team, in: ended.team, owner: heir,
                        changes: ["from": id.description, "to": heir.description], at: now))
            }
            try await store.auditLog.record(
                event(
                    .memberRemoved, on: "member", id, in: ended.team, owner: id,
                    changes: ["role": ended.role.description, "reason": "account_purged"], at: now))
        }
    }

    /// An event of a team's log, and of the log of the person it concerns.
    private func event<Target>(
        _ action: AuditAction, on targetType: String, _ target: ID<Target>, in team: ID<Team>, owner: ID<User>,
        changes: [String: String], at now: Timestamp
    ) -> AuditEvent {
        AuditEvent(
            id: .make(at: now, randomness: randomness), action: action.rawValue, actorID: nil, userID: owner,
            teamID: team, targetType: targetType, targetID: target.description, origin: .none, changes: changes,
            createdAt: now)
    }
}
