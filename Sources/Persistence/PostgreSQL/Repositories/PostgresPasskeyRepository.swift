import Core
import Persistence
import PostgresClient

struct PostgresPasskeyRepository: PasskeyRepository {
    let runner: any StatementRunner

    func insert(_ passkey: Passkey) async throws -> Bool {
        try await runner.change(
            """
            insert into passkeys (\(unescaped: Passkey.columns))
            values (
                \(passkey.id), \(passkey.userID), \(passkey.name), \(passkey.credentialID), \(passkey.publicKey),
                \(Int64(passkey.signCount)), \(passkey.isBackupEligible), \(passkey.isBackedUp),
                \(passkey.transports), \(passkey.aaguid), \(passkey.createdAt), \(passkey.lastUsedAt))
            on conflict (credential_id) do nothing
            """) == 1
    }

    func find(credentialID: [UInt8]) async throws -> Passkey? {
        try await runner.first(
            "select \(unescaped: Passkey.columns) from passkeys where credential_id = \(credentialID)",
            Passkey.init(columns:))
    }

    func list(of user: ID<User>) async throws -> [Passkey] {
        try await runner.all(
            """
            select \(unescaped: Passkey.columns)
            from passkeys
            where user_id = \(user)
            order by created_at desc, id desc
            """, Passkey.init(columns:))
    }

    func use(_ id: ID<Passkey>, signCount: UInt32, isBackedUp: Bool, at time: Timestamp) async throws -> Bool {
        let count = Int64(signCount)
        return try await runner.change(
            """
            update passkeys
            set sign_count = \(count), is_backed_up = \(isBackedUp), last_used_at = \(time)
            where id = \(id) and (sign_count < \(count) or (sign_count = 0 and \(count) = 0))
            """) == 1
    }

    func remove(_ id: ID<Passkey>, of user: ID<User>) async throws -> Bool {
        try await runner.change("delete from passkeys where id = \(id) and user_id = \(user)") == 1
    }

    func removeAll(of user: ID<User>) async throws -> Int {
        try await runner.change("delete from passkeys where user_id = \(user)")
    }
}
