import Core
import Persistence
import PostgresClient

struct PostgresSealedKeyRepository: SealedKeyRepository {
    let runner: any StatementRunner

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
