import Core
import Persistence
import PostgresClient

struct PostgresSealedKeyRepository: SealedKeyRepository {
    let runner: any StatementRunner
    /// Called after a statement that killed a key.
    let changed: @Sendable (WakeUps.Topic) -> Void

    func signingKeys(at time: Timestamp) async throws -> [SealedSigningKey] {
        try await runner.all(
            """
            select \(unescaped: SealedSigningKey.columns)
            from signing_keys
            where retires_at > \(time)
            order by created_at, key_id
            """, SealedSigningKey.init(columns:))
    }

    func insert(_ key: SealedSigningKey, unlessActiveFrom time: Timestamp) async throws -> Bool {
        let insert: SQL = """
            insert into signing_keys (key_id, sealed_private_key, created_at, active_from, retires_at, revoked_at)
            select \(key.keyID), \(key.sealedPrivateKey), \(key.createdAt), \(key.activeFrom), \(key.retiresAt),
                \(key.revokedAt)
            where not exists (select from signing_keys where active_from >= \(time))
            """
        return try await runner.run([Self.takeTurn, insert], access: .write).last?.affected == 1
    }

    func revoke(_ keyID: String, at time: Timestamp) async throws -> Bool {
        let revocation: SQL =
            "update signing_keys set revoked_at = \(time) where key_id = \(keyID) and revoked_at is null"
        // With the change itself: the command that kills a key is gone before news would be sent apart.
        let news: SQL = "select pg_notify(\(InstanceSignals.channel), \(InstanceSignals.signingKeys))"
        let isRevoked = try await runner.run([revocation, news], access: .write).first?.affected == 1
        if isRevoked { changed(.signingKeys) }
        return isRevoked
    }

    func reseal(_ keyID: String, from old: [UInt8], to new: [UInt8]) async throws -> Bool {
        try await runner.change(
            """
            update signing_keys
            set sealed_private_key = \(new)
            where key_id = \(keyID) and sealed_private_key = \(old)
            """) == 1
    }

    func replaceMasterKeys(fingerprint: [UInt8], at time: Timestamp) async throws {
        let addition: SQL = """
            insert into master_keys (fingerprint, created_at)
            values (\(fingerprint), \(time))
            on conflict do nothing
            """
        let removal: SQL = "delete from master_keys where fingerprint <> \(fingerprint)"
        _ = try await runner.run([Self.takeTurn, addition, removal], access: .write)
    }

    func rememberMasterKey(fingerprint: [UInt8], at time: Timestamp) async throws -> [[UInt8]] {
        let remember: SQL = """
            insert into master_keys (fingerprint, created_at)
            select \(fingerprint), \(time)
            where not exists (select from master_keys)
            """
        let remembered: SQL = "select fingerprint from master_keys order by created_at, fingerprint"
        let results = try await runner.run([Self.takeTurn, remember, remembered], access: .write)
        return try results.last?.values { columns throws(PostgresDecodingError) in try columns.next() } ?? []
    }

    /// Lets instances that would add a key at once do so one after another: each then sees what the one before added.
    private static var takeTurn: SQL { "select pg_advisory_xact_lock(hashtextextended('sealed keys', 0))" }
}
