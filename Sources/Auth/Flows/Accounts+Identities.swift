public import Core
import Persistence

/// An account at a provider that waits for its person to sign in, sealed in what is handed out until then.
struct PendingLink: Codable {
    /// How long it waits.
    static let lifetime: Duration = .minutes(15)

    let user: ID<User>
    let provider: String
    let issuer: String
    let subject: String
    let email: String?
}

extension Accounts {
    /// The accounts at providers that the person signs in with, latest first.
    /// - Throws: ``AuthError/accountPendingDeletion``.
    public func listIdentities(of principal: Principal) async throws -> [LinkedIdentity] {
        try principal.requireActive()
        return try await database.scoped(.user(principal.user.id)).identities.list(of: principal.user.id)
    }

    /// Takes an account at a provider away from those that the person signs in with.
    /// - Throws: ``AuthError/notFound``; ``AuthError/lastCredential`` when there would be nothing left to sign in with;
    ///   ``AuthError/reauthenticationRequired``, ``AuthError/accountPendingDeletion``.
    public func removeIdentity(
        _ id: ID<LinkedIdentity>, of principal: Principal, origin: RequestOrigin
    ) async throws {
        let session = try principal.requireFresh(at: time.now())
        let (user, now) = (principal.user.id, time.now())
        let removed = audit(by: principal, origin: origin, at: now).event(.identityUnlinked, on: "identity", id)
        try await database.transaction(.user(user), repetition: .allowed) { store in
            let (locked, passwordHash) = try await lock(user, through: session, in: store, at: now)
            guard try await store.identities.remove(id, of: user) else { throw AuthError.notFound }
            try await requireCredential(of: user, passwordHash: passwordHash, in: store)
            let notice = notice(.identityUnlinked, to: locked, at: now)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(removed)
        }
    }

    /// Refuses to leave a person of a locked account without a way to sign in that needs no mail.
    func requireCredential(of user: ID<User>, passwordHash: String?, in store: any Store) async throws {
        if passwordHash != nil { return }
        if try await !store.identities.list(of: user).isEmpty { return }
        if try await !store.passkeys.list(of: user).isEmpty { return }
        throw AuthError.lastCredential
    }

    /// Links what waited for the person who has just signed in; nothing for one that waits for somebody else, too long, or is
    /// linked already.
    func link(
        _ pending: String, to user: User, origin: RequestOrigin, in store: any Store, at now: Timestamp
    ) async throws {
        let opened: Challenges.Opened<PendingLink>
        do {
            opened = try challenges.open(pending, for: .linking, at: now)
        } catch {
            return
        }
        guard opened.content.user == user.id, try await opened.spend(in: store) else { return }
        try await link(opened.content, to: user, origin: origin, in: store, at: now)
    }

    /// - Returns: Whether it was linked now.
    @discardableResult
    func link(
        _ link: PendingLink, to user: User, origin: RequestOrigin, in store: any Store, at now: Timestamp
    ) async throws -> Bool {
        let identity = LinkedIdentity(
            id: .make(at: now, randomness: randomness), userID: user.id, provider: link.provider, issuer: link.issuer,
            subject: link.subject, email: link.email, createdAt: now, lastUsedAt: now)
        guard try await store.identities.insert(identity) else { return false }
        let notice = notice(.identityLinked, to: user, at: now)
        try await notice.send(mail: notice.mail(), in: store)
        try await store.auditLog.record(
            audit(by: .signingIn(user.id), owner: user.id, origin: origin, at: now)
                .event(.identityLinked, on: "identity", identity.id, changes: ["provider": link.provider]))
        return true
    }
}

extension PendingLink: Sendable {}
