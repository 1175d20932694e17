import Core
import Persistence
import PostgresClient

struct PostgresFlagRepository: FlagRepository {
    let runner: any StatementRunner
    /// Called after a statement that changed a flag.
    let changed: @Sendable () -> Void

    func revision() async throws -> Int64 {
        let revision: Int64? = try await runner.first(Self.current) { columns throws(PostgresDecodingError) in
            try columns.next()
        }
        return revision ?? 0
    }

    func all() async throws -> FlagSet {
        // The revision first: a change between the two is in the flags already, and is found once more.
        let flags: SQL = "select \(unescaped: FeatureFlag.columns) from feature_flags order by key"
        let results = try await runner.run([Self.current, flags], access: .read)
        let revision: Int64? = try results.first?.firstValue { columns throws(PostgresDecodingError) in
            try columns.next()
        }
        return FlagSet(revision: revision ?? 0, try results.last?.values(FeatureFlag.init(columns:)) ?? [])
    }

    func find(_ key: FlagKey) async throws -> FeatureFlag? {
        try await runner.first(Self.flag(key), FeatureFlag.init(columns:))
    }

    func findLocked(_ key: FlagKey) async throws -> FeatureFlag? {
        // The flag by a statement of its own, which sees what was committed while the first one waited.
        let lock: SQL = "\(sql: Self.current) for update"
        return try await runner.run([lock, Self.flag(key)], access: .write).last?.firstValue(FeatureFlag.init(columns:))
    }

    func save(_ flag: FeatureFlag) async throws -> FeatureFlag {
        let save: SQL = """
            insert into feature_flags (key, description, is_on_by_default, rules, created_at, updated_at, version)
            values (
                \(flag.key), \(flag.description), \(flag.isOnByDefault), \(try FlagRule.encoded(flag.rules)),
                \(flag.createdAt), \(flag.updatedAt), (\(sql: Self.current)))
            on conflict (key) do update
            set description = excluded.description, is_on_by_default = excluded.is_on_by_default,
                rules = excluded.rules, updated_at = excluded.updated_at, version = excluded.version
            returning \(unescaped: FeatureFlag.columns)
            """
        let results = try await runner.run([Self.count, save, Self.news], access: .write)
        guard let saved = try results.dropFirst().first?.firstValue(FeatureFlag.init(columns:)) else {
            throw DatabaseError.notFound
        }
        changed()
        return saved
    }

    func remove(_ key: FlagKey) async throws -> Bool {
        let removal: SQL = "delete from feature_flags where key = \(key)"
        let results = try await runner.run([Self.count, removal, Self.news], access: .write)
        guard results.dropFirst().first?.affected == 1 else { return false }
        changed()
        return true
    }

    private static let current: SQL = "select revision from feature_flag_revisions"
    /// Goes first: it makes whoever else changes a flag wait.
    private static let count: SQL = "update feature_flag_revisions set revision = revision + 1"
    /// With the change itself, so that it arrives if and only if the change is there to be read.
    private static let news: SQL = "select pg_notify(\(InstanceSignals.channel), \(InstanceSignals.flags))"

    private static func flag(_ key: FlagKey) -> SQL {
        "select \(unescaped: FeatureFlag.columns) from feature_flags where key = \(key)"
    }
}
