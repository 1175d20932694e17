public import Auth
public import Core
import Persistence

extension Teams {
    /// Removes a team with all that belongs to it, at once; its picture by a job. Its audit log stays.
    /// - Throws: ``TeamError/preconditionFailed``; as ``find(_:by:needing:origin:)``; `AuthError` for a session that is not fresh.
    public func delete(
        _ id: ID<Team>, by principal: Principal, origin: RequestOrigin,
        if isExpected: @Sendable (TeamAccess) throws -> Bool = { _ in true }
    ) async throws {
        try principal.requireFresh(at: time.now())
        try await change(id, by: principal, needing: .teamDelete, origin: origin) { change in
            guard try isExpected(change.access) else { throw TeamError.preconditionFailed }
            try await change.record(
                change.audit.event(
                    .teamDeleted, changes: ["name": change.team.name.text, "slug": change.team.slug.text]))
            let picture = try AvatarOwner.team(id)
                .removal(of: change.team.avatarURL, at: change.now, randomness: randomness)
            if !picture.isEmpty { try await change.store.jobs.enqueue(picture) }
            _ = try await change.store.teams.remove(id)
        }
    }
}
