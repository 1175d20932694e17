public import Core
public import Persistence
import PostgresClient

/// Values in an unlogged table: shared by all instances, empty after a crash of PostgreSQL.
public struct PostgresKeyValueStore: KeyValueStore {
    let runner: any StatementRunner

    public func read(_ key: String, at time: Timestamp) async throws -> VersionedValue? {
        try await runner.first(
            "select value, version from key_values where key = \(key) and expires_at > \(time)"
        ) { columns throws(PostgresDecodingError) in
            VersionedValue(value: try columns.next(), version: try columns.next())
        }
    }

    public func write(
        _ key: String, value: [UInt8], ifVersion version: Int64?, expiresAt: Timestamp, at time: Timestamp
    ) async throws -> Bool {
        guard let version else {
            return try await runner.change(
                """
                insert into key_values (key, value, expires_at)
                values (\(key), \(value), \(expiresAt))
                on conflict (key) do update
                set value = excluded.value, version = excluded.version, expires_at = excluded.expires_at
                where key_values.expires_at <= \(time)
                """) == 1
        }
        return try await runner.change(
            """
            update key_values
            set value = \(value), version = nextval('key_values_version'), expires_at = \(expiresAt)
            where key = \(key) and version = \(version) and expires_at > \(time)
            """) == 1
    }

    public func remove(_ key: String) async throws {
        try await runner.change("delete from key_values where key = \(key)")
    }

    /// Removes what expired before `time`; to be called now and then.
    /// - Returns: How many values.
    @discardableResult
    public func removeExpired(before time: Timestamp) async throws -> Int {
        try await runner.change("delete from key_values where expires_at < \(time)")
    }
}
