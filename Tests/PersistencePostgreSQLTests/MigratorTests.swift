import DatabaseSupport
import Fakes
import Logging
import Persistence
import PostgresClient
import Testing

@testable import PersistencePostgreSQL

struct MigratorTests {
    let time = ManualTime()

    private func migrator(_ url: String, _ migrations: [Migration] = Migration.all) -> Migrator {
        // A failed step is logged, which is not worth reading here.
        var logger = TestDatabase.logger
        logger.logLevel = .critical
        return Migrator(
            configuration: TestDatabase.configuration(url), time: time.source, logger: logger, migrations: migrations)
    }

    private func column<Value: PostgresDecodable & Sendable>(
        of url: String, _ query: SQL, _: Value.Type = Value.self
    ) async throws -> [Value] {
        try await TestDatabase.administer(url) { try await $0.query(query).column(Value.self) }
    }

    private let table = Migration(
        id: "20990101_0001", name: "table", role: .login,
        sql: "create table things (id int); insert into things values (1)")

    @Test func `an empty database gets every step once`() async throws {
        try await TestDatabase.withEmpty { url in
            let all = Migration.all.map(\.id)
            #expect(try await migrator(url).status() == MigrationStatus(of: Migration.all, recorded: [:]))
            #expect(try await migrator(url).migrate() == all)
            #expect(try await migrator(url).migrate() == [])
            let status = try await migrator(url).status()
            #expect(status.applied == all)
            #expect(status.isUpToDate)
            let recorded: [String] = try await column(of: url, "select version from schema_migrations order by version")
            #expect(recorded == all)
        }
    }

    @Test func `of 4 that migrate at once one works and the others find nothing to do`() async throws {
        try await TestDatabase.withEmpty { url in
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<4 {
                    let migrator = migrator(url)
                    group.addTask { try await migrator.migrate() }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(applied.filter { !$0.isEmpty } == [Migration.all.map(\.id)])
        }
    }

    @Test func `databases of one cluster are migrated at once`() async throws {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<3 {
                group.addTask { [self] in
                    try await TestDatabase.withEmpty { try await migrator($0).migrate().count }
                }
            }
            for try await count in group { #expect(count == Migration.all.count) }
        }
    }

    @Test func `a step that was edited after it was applied stops everything`() async throws {
        try await TestDatabase.withEmpty { url in
            try await migrator(url, [table]).migrate()
            let edited = Migration(id: table.id, name: table.name, role: .login, sql: table.sql + ";")
            let next = Migration(id: "20990101_0002", name: "next", role: .login, sql: "create table others (id int)")
            await #expect(throws: MigrationError.edited(id: table.id)) {
                try await migrator(url, [edited, next]).migrate()
            }
            await #expect(throws: MigrationError.edited(id: table.id)) { try await migrator(url, [edited]).status() }
            #expect(try await column(of: url, "select to_regclass('others') is null") == [true])
        }
    }

    @Test func `a step that this version does not know stops everything`() async throws {
        try await TestDatabase.withEmpty { url in
            let next = Migration(id: "20990101_0002", name: "next", role: .login, sql: "create table others (id int)")
            try await migrator(url, [table, next]).migrate()
            await #expect(throws: MigrationError.newerDatabase(unknown: [next.id])) {
                try await migrator(url, [table]).migrate()
            }
        }
    }

    @Test func `a step that fails leaves nothing behind, and the ones before it stay`() async throws {
        try await TestDatabase.withEmpty { url async throws in
            let broken = Migration(
                id: "20990101_0002", name: "broken", role: .login, sql: "create table others (id int); select 1 / 0")
            await #expect(throws: MigrationError.refused(id: broken.id, code: "22012")) {
                try await migrator(url, [table, broken]).migrate()
            }
            #expect(try await column(of: url, "select to_regclass('others') is null") == [true])
            #expect(try await migrator(url, [table, broken]).status().pending == [broken.id])
        }
    }

    @Test func `a step waits for a locked table only so long`() async throws {
        try await TestDatabase.withEmpty { url in
            let timeouts = Migration(
                id: "20990101_0001", name: "time-outs", role: .login,
                sql: """
                    create table seen as
                    select current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') as limits
                    """)
            try await migrator(url, [timeouts]).migrate()
            #expect(try await column(of: url, "select limits from seen") == ["5s 1min"])
        }
    }

    @Test func `an interrupted concurrent index is built anew`() async throws {
        try await TestDatabase.withEmpty { url in
            let index = Migration(
                id: "20990101_0002", name: "index", role: .login,
                sql: "create index concurrently if not exists things_idx on things (id)", transactional: false)
            try await migrator(url, [table]).migrate()
            try await TestDatabase.administer(url) { session in
                try await session.script("create index things_idx on things (id)")
                try await session.script("create index things_idx_other on things (id)")
                try await session.script(
                    "update pg_index set indisvalid = false where indrelid = 'things'::regclass")
            }
            #expect(try await migrator(url, [table, index]).migrate() == [index.id])
            let valid: [String] = try await column(
                of: url,
                """
                select indexrelid::regclass::text from pg_index
                where indrelid = 'things'::regclass and indisvalid
                """)
            #expect(valid == ["things_idx"])
        }
    }

    @Test func `the first step gives the login its time-outs`() async throws {
        try await TestDatabase.withEmpty { url in
            try await migrator(url).migrate()
            let database = PostgresDatabase(configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
            defer { database.client.shutdown() }
            let settings = try await database.client.query(
                """
                select current_setting(name) from unnest(array[
                    'role', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) as name
                """)
            #expect(try settings.column() == ["plinth_system", "5s", "2s", "10s"])
        }
    }

    @Test func `a login without any rights but to its database and the three roles can migrate and work`() async throws
    {
        try await TestDatabase.withEmpty { url in
            try await TestDatabase.administer(url) { session in
                try await session.script(
                    """
                    do $$
                    declare
                        wanted text;
                    begin
                        foreach wanted in array array['plinth_owner', 'plinth_app', 'plinth_system', 'plain_login'] loop
                            begin
                                execute format('create role %I', wanted);
                            exception when duplicate_object or unique_violation then null;
                            end;
                        end loop;
                        execute format('alter database %I owner to plain_login', current_database());
                    end
                    $$;
                    alter role plain_login login;
                    alter schema public owner to plain_login;
                    grant plinth_owner, plinth_app, plinth_system to plain_login;
                    """)
            }
            let plain = url.replacing(#/user=\w+/#, with: "user=plain_login")
            #expect(try await migrator(plain).migrate().count == Migration.all.count)
            let database = PostgresDatabase(
                configuration: TestDatabase.configuration(plain), logger: TestDatabase.logger)
            defer { database.client.shutdown() }
            #expect(try await database.scoped(.system).users.find(emailKey: "nobody@example.org") == nil)
        }
    }
}
