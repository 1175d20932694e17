import Core
import Persistence
import PostgresClient

struct PostgresSecondFactorRepository: SecondFactorRepository {
    let runner: any StatementRunner

    func authenticator(of user: ID<User>) async throws -> Authenticator? {
        try await runner.first(
            "select \(unescaped: Authenticator.columns) from authenticators where user_id = \(user)",
            Authenticator.init(columns:))
    }

    func setAuthenticator(of user: ID<User>, sealedSecret: [UInt8], at time: Timestamp) async throws -> Bool {
        try await runner.change(
            """
            insert into authenticators (user_id, sealed_secret, created_at)
            values (\(user), \(sealedSecret), \(time))
            on conflict (user_id) do update
            set sealed_secret = excluded.sealed_secret, created_at = excluded.created_at
            where authenticators.confirmed_at is null
            """) == 1
    }

    func confirmAuthenticator(
        of user: ID<User>, sealedSecret: [UInt8], step: Int64, at time: Timestamp
    ) async throws -> Bool {
        try await runner.change(
            """
            update authenticators
            set confirmed_at = \(time), last_step = \(step)
            where user_id = \(user) and sealed_secret = \(sealedSecret) and confirmed_at is null
            """) == 1
    }

    func useCode(of user: ID<User>, step: Int64) async throws -> Bool {
        try await runner.change(
            """
            update authenticators
            set last_step = \(step)
            where user_id = \(user) and confirmed_at is not null and (last_step is null or last_step < \(step))
            """) == 1
    }

    func authenticators(
        after user: ID<User>?, limit: Int
    ) async throws -> [(user: ID<User>, authenticator: Authenticator)] {
        let found: [(user: ID<User>, authenticator: Authenticator)] = try await runner.all(
            """
            select user_id, \(unescaped: Authenticator.columns)
            from authenticators
            where \(user)::uuid is null or user_id > \(user)
            order by user_id
            limit \(Int64(limit))
            """
        ) { columns throws(PostgresDecodingError) in
            (user: try columns.next(), authenticator: try Authenticator(columns: &columns))
        }
        return found
    }

    func resealAuthenticator(of user: ID<User>, from old: [UInt8], to new: [UInt8]) async throws -> Bool {
        try await runner.change(
            "update authenticators set sealed_secret = \(new) where user_id = \(user) and sealed_secret = \(old)") == 1
    }

    func removeAuthenticator(of user: ID<User>) async throws -> Bool {
        try await runner.change("delete from authenticators where user_id = \(user)") == 1
    }

    func replaceRecoveryCodes(of user: ID<User>, with hashes: [[UInt8]], at time: Timestamp) async throws {
        let removal: SQL = "delete from recovery_codes where user_id = \(user)"
        let addition: SQL = """
            insert into recovery_codes (user_id, hash, created_at)
            select \(user), decode(hash, 'hex'), \(time)
            from unnest(\(hashes.map(HexDigits.encode))) as hash
            """
        _ = try await runner.run([removal, addition], access: .write)
    }

    func useRecoveryCode(of user: ID<User>, hash: [UInt8]) async throws -> Bool {
        try await runner.change("delete from recovery_codes where user_id = \(user) and hash = \(hash)") == 1
    }

    func recoveryCodeCount(of user: ID<User>) async throws -> Int {
        let count: Int64? = try await runner.first(
            "select count(*) from recovery_codes where user_id = \(user)"
        ) { columns throws(PostgresDecodingError) in try columns.next() }
        return Int(count ?? 0)
    }
}
