import Core
import Persistence

/// A key of a team that can be used, and what its team asks of whoever uses it.
public struct TeamKeyInUse: Sendable {
    public let principal: TeamKeyPrincipal
    let settings: TeamSettings

    /// Whether the key may be used from an address in text form, by its own list and by its team's.
    public func admits(_ address: String?) -> Bool {
        principal.key.admits(address) && settings.admits(address)
    }
}

extension Accounts {
    /// The key that a program acts by, in one round trip. The stored hash decides: a key outlives the master key that tagged
    /// it.
    /// - Throws: ``AuthError/unauthenticated`` for one that is none of ours, was removed or has expired, and for a former
    ///   secret after its time.
    public func authenticate(_ secret: TeamAPIKeySecret) async throws -> TeamKeyInUse {
        guard let found = try await database.scoped(.system).teamAPIKeys.authenticate(secret.keyID) else {
            throw AuthError.unauthenticated
        }
        let (key, now) = (found.key, time.now())
        guard found.admits(secret.hash, at: now), !key.isExpired(at: now) else { throw AuthError.unauthenticated }
        let needsTouch = key.lastUse.map { $0.time < now - Lifetimes.lastSeenInterval } ?? true
        return TeamKeyInUse(
            principal: TeamKeyPrincipal(key: key, needsTouch: needsTouch), settings: found.settings)
    }

    /// Notes that a key is in use, for one with ``TeamKeyPrincipal/needsTouch``.
    public func touch(_ principal: TeamKeyPrincipal, from address: String?) async throws {
        let (key, use) = (principal.key, TeamAPIKey.Use(time: time.now(), address: address))
        try await database.scoped(.team(key.teamID, nil)).teamAPIKeys
            .touch(key.id, in: key.teamID, use: use, interval: Lifetimes.lastSeenInterval)
    }
}

extension TeamAPIKeyUse {
    /// Whether a secret of this hash opens the key: the present one, or the one before while both work.
    fileprivate func admits(_ hash: [UInt8], at now: Timestamp) -> Bool {
        if ConstantTime.equal(hashes.current, hash) { return true }
        guard let former = hashes.former, let until = key.formerSecretUntil, now < until else { return false }
        return ConstantTime.equal(former, hash)
    }
}
