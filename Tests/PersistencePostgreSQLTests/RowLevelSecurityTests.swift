import Core
import DatabaseSupport
import Persistence
import PostgresClient
import Testing

@testable import PersistencePostgreSQL

/// What the policies let through, asked of the tables themselves.
struct RowLevelSecurityTests {
    let tenants = TwoTenants()

    /// Tables with a column for the person or team they belong to. A new one must be added here, and to `TwoTenants`.
    static let personal = [
        "api_keys", "audit_events", "audit_personal_data", "authenticators", "billing_accounts", "data_exports",
        "identities", "notification_choices", "notifications",
        "one_time_tokens", "passkeys", "recovery_codes", "sessions", "team_barred_users", "team_members",
    ]
    static let ofTeams = [
        "audit_events", "audit_personal_data", "billing_accounts", "invitations", "resource_grants",
        "team_api_keys", "team_barred_users", "team_domains", "team_members", "team_roles",
        "webhook_deliveries", "webhook_endpoints",
    ]

    private func with(
        _ scope: Scope, _ body: (@Sendable (SQL) async throws -> PostgresRows) async throws -> Void
    ) async throws {
        try await withDatabase { client, _ in
            try await tenants.insert(by: client)
            try await body { statement in
                let results = try await client.batch(scope.prelude + [statement])
                return try #require(results.last)
            }
        }
    }

    /// Nobody's: the role is narrowed, but nothing says on whose behalf.
    private let nobody: SQL = "select set_config('role', 'plinth_app', true)"

    private func isRefused(_ change: () async throws -> PostgresRows) async throws -> Bool {
        do {
            return try await change().affected == 0
        } catch PostgresError.server(let error) where error.sqlState == "42501" {
            return true
        }
    }

    @Test(arguments: [("user_id", personal), ("team_id", ofTeams)])
    func `every table with a column for whom it belongs to is tested`(column: String, tables: [String]) async throws {
        try await withDatabase { client, _ in
            let found = try await client.query(
                """
                select c.relname::text
                from pg_attribute as a
                join pg_class as c on c.oid = a.attrelid
                where a.attname = \(column) and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                    and not c.relispartition
                order by 1
                """
            ).column(String.self)
            #expect(found == tables)
        }
    }

    @Test(arguments: personal)
    func `another person's rows are neither seen nor changed in`(table: String) async throws {
        let grace = tenants.grace
        try await with(.user(tenants.ada)) { run async throws in
            let seen = try await run("select user_id from \(unescaped: table)").column(ID<User>?.self)
            #expect(!seen.isEmpty)
            #expect(seen.allSatisfy { $0 == tenants.ada })
            #expect(
                try await isRefused {
                    try await run("update \(unescaped: table) set user_id = user_id where user_id = \(grace)")
                })
            #expect(try await isRefused { try await run("delete from \(unescaped: table) where user_id = \(grace)") })
            #expect(
                try await isRefused { try await run("update \(unescaped: table) set user_id = \(grace)") },
                "a row was given to someone else")
        }
    }

    @Test(arguments: ofTeams)
    func `another team's rows are neither seen nor changed in`(table: String) async throws {
        let other = tenants.gracesTeam
        try await with(.team(tenants.adasTeam, tenants.ada)) { run async throws in
            let seen = try await run("select team_id from \(unescaped: table)").column(ID<Team>?.self)
            #expect(seen.contains(tenants.adasTeam))
            #expect(!seen.contains(other))
            #expect(
                try await isRefused {
                    try await run("update \(unescaped: table) set team_id = team_id where team_id = \(other)")
                })
            #expect(try await isRefused { try await run("delete from \(unescaped: table) where team_id = \(other)") })
            #expect(
                try await isRefused { try await run("update \(unescaped: table) set team_id = \(other)") },
                "a row was given to another team")
        }
    }

    @Test func `who acts as somebody else sees and ends that session, and makes none`() async throws {
        let (ada, grace, session) = (tenants.ada, tenants.grace, ID<Session>(high: 9, low: 9))
        let acted: SQL = """
            insert into sessions (
                id, user_id, impersonator_id, created_at, last_seen_at, authenticated_at, idle_expires_at, expires_at,
                refresh_hash, refresh_generation)
            select \(session), \(grace), \(ada), created_at, last_seen_at, authenticated_at, idle_expires_at,
                expires_at, refresh_hash, refresh_generation
            from sessions where user_id = \(ada)
            """
        try await withDatabase { client, _ in
            try await tenants.insert(by: client)
            func run(_ statement: SQL) async throws -> PostgresRows {
                try #require(try await client.batch(Scope.user(ada).prelude + [statement]).last)
            }
            #expect(try await isRefused { try await run(acted) })
            _ = try await client.query(acted)
            let seen = try await run("select user_id from sessions order by user_id").column(ID<User>.self)
            #expect(seen == [ada, grace])
            for change: SQL in [
                "update sessions set expires_at = expires_at + interval '1 hour' where id = \(session)",
                "update sessions set impersonator_id = null where id = \(session)",
                "update sessions set user_id = \(grace), impersonator_id = \(ada) where user_id = \(ada)",
                "delete from sessions where id = \(session)",
            ] {
                #expect(try await isRefused { try await run(change) }, "\(change.text)")
            }
            let ended = try await run(
                """
                update sessions set revoked_at = created_at, revocation_reason = 'signed_out' where id = \(session)
                """)
            #expect(ended.affected == 1)
        }
    }

    @Test func `a person sees one account, and the teams joined`() async throws {
        try await with(.user(tenants.ada)) { run async throws in
            #expect(try await run("select id from users").column() == [tenants.ada])
            #expect(try await run("select id from teams").column() == [tenants.adasTeam])
            #expect(try await run("select id from invitations").isEmpty)
            for change: SQL in [
                "update teams set name = 'x'", "update team_members set role = 'viewer'", "delete from team_members",
                "update users set first_name = 'x' where id = \(tenants.grace)",
            ] {
                #expect(try await isRefused { try await run(change) })
            }
        }
    }

    @Test func `in a team the member sees one account and one team`() async throws {
        try await with(.team(tenants.adasTeam, tenants.ada)) { run async throws in
            #expect(try await run("select id from users").column() == [tenants.ada])
            #expect(try await run("select id from teams").column() == [tenants.adasTeam])
        }
    }

    @Test(arguments: ["subscriptions", "payments"])
    func `what is paid is seen by who pays and written by nobody, in`(table: String) async throws {
        let account: SQL = "select billing_account_id from \(unescaped: table)"
        for (scope, payer) in [
            (Scope.user(tenants.ada), UInt64(10)), (.user(tenants.grace), 11),
            (.team(tenants.adasTeam, tenants.ada), 20), (.team(tenants.gracesTeam, tenants.ada), 21),
        ] {
            try await with(scope) { run async throws in
                #expect(try await run(account).column() == [ID<Never>(high: 3, low: payer)])
                await #expect(throws: PostgresError.self) { try await run("delete from \(unescaped: table)") }
                await #expect(throws: PostgresError.self) {
                    try await run("update \(unescaped: table) set status = 'canceled'")
                }
            }
        }
    }

    @Test func `without a person or a team nothing is seen`() async throws {
        try await withDatabase { client, _ in
            try await tenants.insert(by: client)
            let tables = try await client.query(
                """
                select c.relname::text from pg_class as c
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                """
            ).column(String.self)
            #expect(tables.count > 10)
            for table in tables {
                #expect(
                    try await isRefused { try await client.batch([nobody, "select from \(unescaped: table)"])[1] },
                    "\(table)")
            }
        }
    }

    @Test func `the server's own tables are closed to everyone but the system`() async throws {
        for table in [
            "signing_keys", "master_keys", "key_values", "spent_challenges", "schema_migrations",
            "audit_events_default", "audit_queue", "feature_flags", "feature_flag_revisions",
        ] {
            try await with(.user(tenants.ada)) { run async throws in
                await #expect(throws: PostgresError.self, "\(table)") {
                    try await run("select from \(unescaped: table)")
                }
            }
        }
    }

    @Test func `nobody alters the audit log, the system neither`() async throws {
        for scope in [Scope.system, .user(tenants.ada), .team(tenants.adasTeam, tenants.ada)] {
            try await with(scope) { run async throws in
                for change: SQL in [
                    "update audit_events set action = 'x'", "delete from audit_events", "truncate audit_events",
                ] {
                    do {
                        _ = try await run(change)
                        Issue.record("\(change.text) in \(scope)")
                    } catch PostgresError.server(let error) {
                        #expect(error.sqlState == "42501")
                    }
                }
            }
        }
    }

    @Test func `chains are seen by whom they belong to, and written by the system only`() async throws {
        for (scope, chains) in [
            (Scope.user(tenants.ada), ["user \(tenants.ada)"]),
            (.team(tenants.adasTeam, tenants.ada), ["team \(tenants.adasTeam)", "user \(tenants.ada)"]),
            (.team(tenants.gracesTeam, tenants.ada), ["team \(tenants.gracesTeam)", "user \(tenants.ada)"]),
        ] {
            for table in ["audit_seals", "audit_heads"] {
                try await with(scope) { run async throws in
                    let seen: SQL = "select scope || ' ' || scope_id from \(unescaped: table) order by 1"
                    #expect(try await run(seen).column() == chains)
                    for change: SQL in [
                        "update \(unescaped: table) set sequence = 2", "delete from \(unescaped: table)",
                        "insert into \(unescaped: table) select * from \(unescaped: table)",
                    ] {
                        #expect(try await isRefused { try await run(change) }, "\(change.text)")
                    }
                }
            }
        }
        for change: SQL in [
            "update audit_seals set sequence = 2", "delete from audit_seals", "delete from audit_heads",
            "truncate audit_seals", "update audit_heads set scope_id = scope_id",
            "update audit_queue set event_id = event_id",
        ] {
            try await with(.system) { run async throws in
                #expect(try await isRefused { try await run(change) }, "\(change.text)")
            }
        }
    }

    @Test func `a scope ends with its statement`() async throws {
        try await withDatabase { client, database in
            try await tenants.insert(by: client)
            let context: SQL = """
                select concat_ws(' ', current_user, scope_user_id(), scope_team_id())
                """
            #expect(try await database.scoped(.user(tenants.ada)).users.find(tenants.grace) == nil)
            for access in [PostgresAccess.read, .write] {
                for _ in 0..<20 {
                    _ = try await client.batch(Scope.user(tenants.ada).prelude + ["select 1"], access: access)
                    #expect(try await client.query(context, access: access).column() == ["plinth_system"])
                }
            }
            try await database.transaction(.team(tenants.adasTeam, tenants.ada)) { store async throws in
                #expect(try await store.users.find(tenants.grace) == nil)
            }
            for _ in 0..<20 {
                #expect(try await client.query(context).column() == ["plinth_system"])
            }
        }
    }

    @Test func `behind a pooler each transaction brings its role along`() async throws {
        try await TestDatabase.withMigrated { url async throws in
            var configuration = TestDatabase.configuration(url)
            configuration.isBehindTransactionPooler = true
            let database = PostgresDatabase(configuration: configuration, logger: TestDatabase.logger)
            defer { database.client.shutdown() }
            try await tenants.insert(by: database.client)
            #expect(try await database.client.query("select current_user::text").column() == ["plinth_system"])
            #expect(try await database.scoped(.user(tenants.ada)).users.find(tenants.grace) == nil)
            #expect(try await database.scoped(.system).users.find(tenants.grace) != nil)
        }
    }
}
