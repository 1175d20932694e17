public import Auth
public import Core
public import Persistence

/// A key of a team with a new secret, which is shown this once.
public struct NewTeamAPIKey: Sendable {
    public let key: TeamAPIKey
    public let secret: TeamAPIKeySecret
}

extension Teams {
    /// The keys of a team, latest first.
    /// - Throws: As ``find(_:by:needing:origin:)``.
    public func keys(
        of id: ID<Team>, by principal: any TeamPrincipal, origin: RequestOrigin, page: PageRequest
    ) async throws -> Page<TeamAPIKey> {
        try await read(of: id, by: principal, needing: .apiKeysRead, origin: origin) { store in
            try await store.teamAPIKeys.list(in: id, page: page)
        }
    }

    /// Makes a key that acts in a team by itself: it belongs to the team, and stays when whoever made it leaves.
    /// - Throws: ``TeamError/roleTooHigh`` for a key that could do more than the caller; ``TeamError/expiryPassed``,
    ///   ``TeamError/tooMany``; as ``find(_:by:needing:origin:)``; `AuthError` for a session that is not fresh.
    public func createKey(
        _ traits: TeamKeyTraits, in id: ID<Team>, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<NewTeamAPIKey>? = nil
    ) async throws -> NewTeamAPIKey {
        try principal.requireFresh(at: time.now())
        return try await change(id, by: principal, needing: .apiKeysWrite, origin: origin, receipt: receipt) { change in
            let keyID = ID<TeamAPIKey>.make(at: change.now, randomness: randomness)
            let secret = TeamAPIKeySecret.make(key: keyID, keys: keys, randomness: randomness)
            let key = TeamAPIKey(
                id: keyID, teamID: id, name: traits.name, prefix: secret.shownPrefix,
                scopes: traits.scopes.ofTeamKeys, addressRanges: traits.addressRanges, expiresAt: traits.expiresAt,
                createdAt: change.now, updatedAt: change.now)
            try change.requireRight(over: [key])
            try key.requireLimits()
            try traits.expiresAt?.requireAhead(of: change.now)
            guard try await change.store.teamAPIKeys.count(in: id) < Self.mostKeys else { throw TeamError.tooMany }
            try await change.store.teamAPIKeys.insert(key, hash: secret.hash)
            try await change.record(change.audit.event(.keyCreated, on: "api_key", keyID, changes: key.told))
            return NewTeamAPIKey(key: key, secret: secret)
        }
    }

    /// Changes a key of a team; its secrets go on working. What is nil stays as it is.
    /// - Throws: ``TeamError/roleTooHigh`` for a key that may, or could, do more than the caller;
    ///   ``TeamError/expiryPassed``, ``TeamError/tooMany``; as ``find(_:by:needing:origin:)``; `AuthError` for a session that
    ///   is not fresh.
    public func updateKey(
        _ key: ID<TeamAPIKey>, with changes: TeamKeyChanges, of id: ID<Team>, by principal: Principal,
        origin: RequestOrigin
    ) async throws -> TeamAPIKey {
        try principal.requireFresh(at: time.now())
        return try await change(id, by: principal, needing: .apiKeysWrite, origin: origin) { change in
            let before = try await change.key(key)
            var key = before
            key.name = changes.name ?? before.name
            key.scopes = changes.scopes?.ofTeamKeys ?? before.scopes
            key.addressRanges = changes.addressRanges ?? before.addressRanges
            key.expiresAt = changes.expiresAt ?? before.expiresAt
            try change.requireRight(over: [before, key])
            guard key != before else { return before }
            try key.requireLimits()
            try changes.expiresAt?.requireAhead(of: change.now)
            key.updatedAt = change.now
            _ = try await change.store.teamAPIKeys.update(key)
            try await change.record(change.audit.event(.keyUpdated, on: "api_key", key.id, changes: key.told))
            return key
        }
    }

    /// Takes a key away; it is dead at once, on every instance.
    /// - Throws: ``TeamError/roleTooHigh`` for a key that may do more than the caller; as ``find(_:by:needing:origin:)``;
    ///   `AuthError` for anything but the person's own session.
    public func deleteKey(
        _ key: ID<TeamAPIKey>, of id: ID<Team>, by principal: Principal, origin: RequestOrigin
    ) async throws {
        try principal.requireOwnSession()
        try await change(id, by: principal, needing: .apiKeysWrite, origin: origin) { change in
            let before = try await change.key(key)
            try change.requireRight(over: [before])
            _ = try await change.store.teamAPIKeys.remove(key, from: id)
            try await change.record(change.audit.event(.keyDeleted, on: "api_key", key, changes: before.told))
        }
    }
}

extension TeamChange {
    /// - Throws: ``TeamError/notFound``.
    func key(_ id: ID<TeamAPIKey>) async throws -> TeamAPIKey {
        guard let key = try await store.teamAPIKeys.find(id, in: team.id) else { throw TeamError.notFound }
        return key
    }

    /// Refuses whoever would give, change or take away a key that may do more than they may.
    /// - Throws: ``TeamError/roleTooHigh``.
    func requireRight(over keys: [TeamAPIKey]) throws {
        try access.require(.apiKeysWrite, managing: keys.map { .custom($0.scopes.permissions) })
    }
}

extension TeamAPIKey {
    /// - Throws: ``TeamError/tooMany``.
    fileprivate func requireLimits() throws(TeamError) {
        guard addressRanges.count <= Self.mostAddressRanges else { throw .tooMany }
    }

    /// As audit rows tell it.
    fileprivate var told: [String: String] {
        [
            "name": name, "scopes": scopes.permissions.map(\.rawValue).sorted().joined(separator: " "),
            "address_ranges": addressRanges.map(\.description).joined(separator: " "),
            "expires_at": expiresAt?.description ?? "",
        ]
    }
}

extension Timestamp {
    /// - Throws: ``TeamError/expiryPassed``.
    fileprivate func requireAhead(of now: Timestamp) throws(TeamError) {
        guard self > now else { throw .expiryPassed }
    }
}

extension Scopes {
    /// Without what no key of a team can do.
    fileprivate var ofTeamKeys: Scopes { Scopes(permissions.intersection(Permission.ofTeamKeys)) }
}
