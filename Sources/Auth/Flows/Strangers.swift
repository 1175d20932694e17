import Core
import Persistence

extension Accounts {
    /// Takes everything from an account whose address was never proven by which its opener could come back, or could keep
    /// the mailbox's owner out: password, sessions, links, keys, passkeys, accounts at providers, the second factor.
    /// - Returns: The account as it is now.
    func expelStrangers(from user: User, in store: any Store, at now: Timestamp) async throws -> User {
        try await store.users.setPasswordHash(of: user.id, to: nil)
        _ = try await store.apiKeys.removeAll(of: user.id)
        _ = try await store.identities.removeAll(of: user.id)
        _ = try await store.passkeys.removeAll(of: user.id)
        try await endAccess(of: user.id, except: nil, reason: .passwordReset, in: store, at: now)
        return try await withoutSecondFactor(user, in: store, at: now)
    }

    /// Takes away what was added to a locked account since `time`, when mails about it no longer reached its owner.
    /// - Returns: The account as it is now.
    func removeCredentials(
        of user: User, madeSince time: Timestamp, in store: any Store, at now: Timestamp
    ) async throws -> User {
        for passkey in try await store.passkeys.list(of: user.id) where passkey.createdAt >= time {
            _ = try await store.passkeys.remove(passkey.id, of: user.id)
        }
        for identity in try await store.identities.list(of: user.id) where identity.createdAt >= time {
            _ = try await store.identities.remove(identity.id, of: user.id)
        }
        let keys = try await store.apiKeys.list(of: user.id, page: PageRequest(limit: Self.mostAPIKeys)).items
        for key in keys where key.createdAt >= time { _ = try await store.apiKeys.remove(key.id, of: user.id) }
        // They may have been replaced since, of which nobody was told.
        try await store.secondFactors.replaceRecoveryCodes(of: user.id, with: [], at: now)
        let confirmedAt = try await store.secondFactors.authenticator(of: user.id)?.confirmedAt
        guard let confirmedAt, confirmedAt >= time else { return user }
        return try await withoutSecondFactor(user, in: store, at: now)
    }

    private func withoutSecondFactor(_ user: User, in store: any Store, at now: Timestamp) async throws -> User {
        _ = try await store.secondFactors.removeAuthenticator(of: user.id)
        try await store.secondFactors.replaceRecoveryCodes(of: user.id, with: [], at: now)
        guard user.hasSecondFactor else { return user }
        var user = user
        user.hasSecondFactor = false
        user.updatedAt = now
        return try await store.users.update(user)
    }
}
