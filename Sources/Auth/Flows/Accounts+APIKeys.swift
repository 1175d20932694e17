public import Core
public import Persistence

/// A new API key, and the secret that is shown this once.
public struct NewAPIKey: Sendable {
    public let key: APIKey
    public let secret: APIKeySecret
}

extension Accounts {
    /// Keys that a person may have.
    public static let mostAPIKeys = 50

    /// Makes an API key.
    /// - Parameters:
    ///   - name: 1 to 100 characters on one line.
    ///   - expiresAt: When it stops working; nil for never.
    /// - Throws: ``AuthError/expiryPassed``, ``AuthError/tooManyAPIKeys``, ``AuthError/reauthenticationRequired``,
    ///   ``AuthError/sessionRequired``, ``AuthError/accountPendingDeletion``.
    public func createAPIKey(
        of principal: Principal, name: String, scopes: Scopes, expiresAt: Timestamp?, origin: RequestOrigin,
        receipt: Receipt<NewAPIKey>? = nil
    ) async throws -> NewAPIKey {
        let now = time.now()
        let session = try principal.requireFresh(at: now)
        if let expiresAt, expiresAt <= now { throw AuthError.expiryPassed }
        let (user, id) = (principal.user, ID<APIKey>.make(at: now, randomness: randomness))
        let secret = APIKeySecret.make(key: id, keys: keys, randomness: randomness)
        let key = APIKey(
            id: id, userID: user.id, name: name, prefix: secret.shownPrefix, scopes: scopes, expiresAt: expiresAt,
            createdAt: now)
        let created = audit(by: principal, origin: origin, at: now).event(
            .apiKeyCreated, on: "api_key", id,
            changes: ["scopes": scopes.permissions.map(\.rawValue).sorted().joined(separator: " ")],
            personal: ["name": name])
        let notice = notice(.apiKeyCreated, to: user, at: now)
        return try await database.transaction(.user(user.id), repetition: .allowed, receipt: receipt) { store in
            // Locked, so that keys made at once are counted one after another.
            _ = try await lock(user.id, through: session, in: store, at: now)
            guard try await store.apiKeys.count(of: user.id) < Self.mostAPIKeys else { throw AuthError.tooManyAPIKeys }
            try await store.apiKeys.insert(key, hash: secret.hash)
            try await notice.send(mail: notice.mail(), in: store)
            try await store.auditLog.record(created)
            return NewAPIKey(key: key, secret: secret)
        }
    }

    /// The person's API keys, latest first.
    /// - Throws: ``AuthError/accountPendingDeletion``.
    public func listAPIKeys(of principal: Principal, page: PageRequest) async throws -> Page<APIKey> {
        try principal.requireActive()
        return try await database.scoped(.user(principal.user.id)).apiKeys.list(of: principal.user.id, page: page)
    }

    /// Takes an API key away; it is dead at once, on every instance.
    /// - Throws: ``AuthError/notFound``; as ``Principal/requireOwnSession()``.
    public func removeAPIKey(_ id: ID<APIKey>, of principal: Principal, origin: RequestOrigin) async throws {
        try principal.requireOwnSession()
        let (user, now) = (principal.user.id, time.now())
        let removed = audit(by: principal, origin: origin, at: now)
            .event(.apiKeyRemoved, on: "api_key", id)
        try await database.transaction(.user(user), repetition: .allowed) { store in
            guard try await store.apiKeys.remove(id, of: user) else { throw AuthError.notFound }
            try await store.auditLog.record(removed)
        }
    }
}
