public import Core
public import Persistence

/// A new endpoint, and the secret that is shown this once.
public struct NewWebhook: Sendable {
    public let endpoint: WebhookEndpoint
    public let secret: WebhookSecret
}

extension OutboundWebhooks {
    /// How often a change is tried again because someone else changed the endpoint at the same time.
    private static let attempts = 5

    /// Makes an endpoint.
    /// - Throws: ``WebhookError/url(_:)``, ``WebhookError/noEvents``, ``WebhookError/tooManyEndpoints``.
    public func create(
        _ draft: WebhookDraft, in team: ID<Team>, by author: AuditAuthor, receipt: Receipt<NewWebhook>? = nil
    ) async throws -> NewWebhook {
        let now = time.now()
        let endpoint = WebhookEndpoint(
            id: makeID(at: now), teamID: team, url: try WebhookURL(draft.url, reach: reach), name: draft.name,
            subscription: try draft.subscription.checked(), createdAt: now, updatedAt: now)
        let secret = WebhookSecret.make(randomness: randomness)
        let sealed = try sealing.seal(secret.bytes, context: WebhookEndpoint.sealContext(of: endpoint.id))
        let created = event(.created, on: endpoint.id, of: team, by: author, changes: endpoint.logged, at: now)
        return try await database.transaction(
            .team(team, author.user), repetition: .allowed, receipt: receipt
        ) { store in
            guard
                try await store.webhookEndpoints.insert(
                    endpoint, sealedSecret: sealed, unlessThereAre: Self.mostEndpoints)
            else { throw WebhookError.tooManyEndpoints }
            try await store.auditLog.record(created)
            return NewWebhook(endpoint: endpoint, secret: secret)
        }
    }

    /// The team's endpoints, latest first.
    public func list(in team: ID<Team>, for user: ID<User>?, page: PageRequest) async throws -> Page<WebhookEndpoint> {
        try await database.scoped(.team(team, user)).webhookEndpoints.list(of: team, page: page)
    }

    /// - Throws: ``WebhookError/notFound``.
    public func find(_ id: ID<WebhookEndpoint>, in team: ID<Team>, for user: ID<User>?) async throws -> WebhookEndpoint
    {
        guard let endpoint = try await database.scoped(.team(team, user)).webhookEndpoints.find(id, of: team) else {
            throw WebhookError.notFound
        }
        return endpoint
    }

    /// Changes an endpoint.
    /// - Parameter isExpected: Whether it is still what the caller took it for (`If-Match`), asked inside the transaction about
    ///   the row that is changed.
    /// - Returns: The endpoint as it is now; the same when nothing differs.
    /// - Throws: ``WebhookError/notFound``, ``WebhookError/url(_:)``, ``WebhookError/noEvents``,
    ///   ``WebhookError/preconditionFailed``, ``WebhookError/versionConflict``.
    public func update(
        _ id: ID<WebhookEndpoint>, in team: ID<Team>, with changes: WebhookChanges, by author: AuditAuthor,
        if isExpected: @Sendable (WebhookEndpoint) throws -> Bool = { _ in true }
    ) async throws -> WebhookEndpoint {
        for _ in 0..<Self.attempts {
            do {
                return try await attempt(id, in: team, changes, by: author, if: isExpected)
            } catch DatabaseError.versionConflict {}
        }
        throw WebhookError.versionConflict
    }

    /// The update takes effect only on the version that was read, which is as good as a lock on it.
    private func attempt(
        _ id: ID<WebhookEndpoint>, in team: ID<Team>, _ changes: WebhookChanges, by author: AuditAuthor,
        if isExpected: @Sendable (WebhookEndpoint) throws -> Bool
    ) async throws -> WebhookEndpoint {
        let now = time.now()
        return try await database.transaction(.team(team, author.user), repetition: .allowed) { store in
            guard let endpoint = try await store.webhookEndpoints.find(id, of: team) else {
                throw WebhookError.notFound
            }
            guard try isExpected(endpoint) else { throw WebhookError.preconditionFailed }
            var changed = endpoint
            try changes.apply(to: &changed, reach: reach)
            guard changed != endpoint else { return endpoint }
            changed.updatedAt = now
            let updated = try await store.webhookEndpoints.update(changed)
            try await store.auditLog.record(
                event(.updated, on: id, of: team, by: author, changes: changed.logged, at: now))
            return updated
        }
    }

    /// Removes an endpoint with its deliveries; what is under way to it may still arrive.
    /// - Throws: ``WebhookError/notFound``, ``WebhookError/preconditionFailed``.
    public func remove(
        _ id: ID<WebhookEndpoint>, in team: ID<Team>, by author: AuditAuthor,
        if isExpected: @Sendable (WebhookEndpoint) throws -> Bool = { _ in true }
    ) async throws {
        let now = time.now()
        try await database.transaction(.team(team, author.user), repetition: .allowed) { store in
            guard let endpoint = try await store.webhookEndpoints.find(id, of: team) else {
                throw WebhookError.notFound
            }
            guard try isExpected(endpoint) else { throw WebhookError.preconditionFailed }
            guard try await store.webhookEndpoints.remove(id, of: team) else { throw WebhookError.notFound }
            try await store.auditLog.record(
                event(.removed, on: id, of: team, by: author, changes: ["host": endpoint.url.hostText], at: now))
        }
    }
}
