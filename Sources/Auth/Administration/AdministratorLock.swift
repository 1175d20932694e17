import Core
import Persistence

extension Accounts {
    /// Locks the account of a person, and that of the administrator who acts upon it, who must still be one in a live session
    /// then. In the order of their ids, so that two who act upon each other never wait for each other.
    /// - Returns: The person as stored.
    /// - Throws: ``AuthError/forbidden`` for the own account; ``AuthError/notFound``; ``AuthError/sessionRevoked``; as
    ///   ``Principal/requireAdministrator(at:)``.
    func lock(
        _ user: ID<User>, for principal: Principal, in store: any Store, at now: Timestamp
    ) async throws -> User {
        let administrator = principal.user.id
        guard user != administrator else { throw AuthError.forbidden }
        var found: User?
        for id in [user, administrator].sorted() {
            let account = try await store.users.findLocked(id)?.user
            if id == user { found = account }
        }
        try await requireAdministratorNow(principal, in: store, at: now)
        guard let found, found.purgeAt.map({ now < $0 }) ?? true else { throw AuthError.notFound }
        return found
    }

    /// Locks the account of an administrator, who must still be one in a live session then, for what is done to nobody's.
    /// - Throws: ``AuthError/sessionRevoked``; as ``Principal/requireAdministrator(at:)``.
    func requireStillAdministrator(_ principal: Principal, in store: any Store, at now: Timestamp) async throws {
        _ = try await store.users.findLocked(principal.user.id)
        try await requireAdministratorNow(principal, in: store, at: now)
    }

    private func requireAdministratorNow(_ principal: Principal, in store: any Store, at now: Timestamp) async throws {
        guard let (session, stored) = try await store.sessions.authenticate(principal.requireSession().id)
        else { throw AuthError.unauthenticated }
        try Principal(checking: session, of: stored, at: now).requireAdministrator(at: now)
    }
}
