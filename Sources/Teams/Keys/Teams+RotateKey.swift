public import Auth
public import Core
public import Persistence

extension Teams {
    /// Gives a key of a team another secret. The one before goes on working until the overlap is over: time to put the new one
    /// into every program. One that was former before stops at once.
    /// - Parameter overlap: Within ``KeySecretHashes/overlaps``, cut to it; zero for a secret that may be known to others.
    /// - Throws: ``TeamError/roleTooHigh`` for a key that may do more than the caller; as ``find(_:by:needing:origin:)``;
    ///   `AuthError` for a session that is not fresh.
    public func rotateKey(
        _ key: ID<TeamAPIKey>, of id: ID<Team>, overlap: Duration, by principal: Principal, origin: RequestOrigin,
        receipt: Receipt<NewTeamAPIKey>? = nil
    ) async throws -> NewTeamAPIKey {
        try principal.requireFresh(at: time.now())
        let overlap = min(max(overlap, KeySecretHashes.overlaps.lowerBound), KeySecretHashes.overlaps.upperBound)
        return try await change(id, by: principal, needing: .apiKeysWrite, origin: origin, receipt: receipt) { change in
            var rotated = try await change.key(key)
            try change.requireRight(over: [rotated])
            let secret = TeamAPIKeySecret.make(key: key, keys: keys, randomness: randomness)
            rotated.formerSecretUntil = overlap > .zero ? change.now + overlap : nil
            rotated.updatedAt = change.now
            _ = try await change.store.teamAPIKeys.rotateSecret(
                of: key, in: id, to: secret.hash, formerUntil: rotated.formerSecretUntil, at: change.now)
            try await change.record(
                change.audit.event(
                    .keyRotated, on: "api_key", key,
                    changes: ["overlap_seconds": String(overlap.secondsRoundedUp)]))
            return NewTeamAPIKey(key: rotated, secret: secret)
        }
    }
}
