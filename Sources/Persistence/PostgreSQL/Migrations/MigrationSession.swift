import Core
import Logging
import PostgresClient

/// The statements of a migrator on its connection.
struct MigrationSession: Sendable {
    /// "plinth" in ASCII; advisory locks are told apart by a number within a database.
    private static let lockKey: Int64 = 0x70_6C69_6E74_68
    /// How long another migrator is waited for.
    private static let lockTimeout = "120s"
    /// How long a step waits for a table. Whoever comes after it waits behind it.
    private static let tableLockTimeout = "5s"
    /// How long one statement of a step may take, tables locked.
    private static let statementTimeout = "60s"
    /// How long a concurrent index waits for the transactions that are under way, which it holds up in nothing.
    private static let concurrentLockTimeout = "60s"

    let session: PostgresSession
    let logger: Logger

    /// Keeps other migrators out while `body` runs.
    func holdingLock<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        do {
            try await session.script(
                """
                begin;
                set local lock_timeout = '\(Self.lockTimeout)';
                set local statement_timeout = 0;
                select pg_advisory_lock(\(Self.lockKey));
                commit
                """)
        } catch {
            if case .server(let refusal) = error, refusal.sqlState == "55P03" { throw MigrationError.busy }
            throw error
        }
        // Closing the connection gives the lock back.
        return try await body()
    }

    /// The table that remembers what was applied.
    func createTable() async throws {
        guard try await !tableExists() else { return }
        try await session.script(
            """
            create table schema_migrations (
                version text primary key check (octet_length(version) between 1 and 64),
                name text not null check (octet_length(name) between 1 and 255),
                checksum text not null check (octet_length(checksum) = 64),
                applied_at timestamptz not null
            );
            comment on table schema_migrations is 'The steps that made this schema.';
            comment on column schema_migrations.version is 'Date and number of the step.';
            comment on column schema_migrations.name is 'What the step is about.';
            comment on column schema_migrations.checksum is 'SHA-256 of the statements, which never change again.';
            comment on column schema_migrations.applied_at is 'When the step was applied.';
            """)
    }

    /// The checksums of the applied steps by their ids.
    func recorded() async throws -> [String: String] {
        guard try await tableExists() else { return [:] }
        let rows = try await session.query("select version, checksum from schema_migrations")
        let recorded = try rows.values { columns throws(PostgresDecodingError) in
            (id: try columns.next(String.self), checksum: try columns.next(String.self))
        }
        return Dictionary(recorded.map { ($0.id, $0.checksum) }) { first, _ in first }
    }

    func apply(_ migration: Migration, at time: Timestamp) async throws {
        do {
            if migration.transactional {
                try await applyInTransaction(migration, at: time)
            } else {
                try await applyOutsideTransaction(migration, at: time)
            }
        } catch PostgresError.server(let error) {
            logger.error("migration refused", metadata: ["migration": "\(migration.id)", "reason": "\(error.message)"])
            throw MigrationError.refused(id: migration.id, code: error.sqlState)
        }
    }

    func ensureAuditPartitions(at time: Timestamp) async throws {
        _ = try await session.query(AuditPartitions.ensure(at: time))
    }

    private func applyInTransaction(_ migration: Migration, at time: Timestamp) async throws {
        try await session.script(
            """
            begin;
            set local lock_timeout = '\(Self.tableLockTimeout)';
            set local statement_timeout = '\(Self.statementTimeout)';
            \(migration.role == .owner ? "set local role plinth_owner" : "");
            """)
        do {
            try await session.script(migration.sql)
            try await record(migration, at: time)
            try await session.script("commit")
        } catch {
            try? await session.script("rollback")
            throw error
        }
    }

    private func applyOutsideTransaction(_ migration: Migration, at time: Timestamp) async throws {
        try await session.script(
            """
            set lock_timeout = '\(Self.concurrentLockTimeout)';
            set statement_timeout = 0;
            \(migration.role == .owner ? "set role plinth_owner" : "");
            """)
        // An interrupted `create index concurrently` leaves an invalid index, which `if not exists` takes for done.
        let leftovers = try await session.query(
            """
            select format('drop index concurrently if exists %s', indexrelid::regclass)
            from pg_index
            join pg_class on pg_class.oid = indexrelid
            where not indisvalid and relnamespace = 'public'::regnamespace
                and \(migration.sql) ~ ('\\m' || relname || '\\M')
            """)
        for drop in try leftovers.values({ columns throws(PostgresDecodingError) in try columns.next(String.self) }) {
            try await session.script(drop)
        }
        try await session.script(migration.sql)
        try await record(migration, at: time)
        try await session.script("reset role; reset statement_timeout; reset lock_timeout")
    }

    private func record(_ migration: Migration, at time: Timestamp) async throws {
        _ = try await session.query(
            """
            insert into schema_migrations (version, name, checksum, applied_at)
            values (\(migration.id), \(migration.name), \(migration.checksum), \(time))
            """)
    }

    private func tableExists() async throws -> Bool {
        let rows = try await session.query("select to_regclass('schema_migrations') is not null")
        return try rows.firstValue { columns throws(PostgresDecodingError) in try columns.next(Bool.self) } ?? false
    }
}
