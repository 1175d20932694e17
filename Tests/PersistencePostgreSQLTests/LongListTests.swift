import Core
import DatabaseSupport
import Persistence
import PostgresClient
import Testing

@testable import PersistencePostgreSQL

/// On tables with many rows, all of which belong to one person and one team, PostgreSQL chooses by itself to read no more
/// than the page that is asked for.
struct LongListTests {
    private static let rows = 20_000
    private static let user = ID<User>(high: 1, low: 1)
    private static let team = ID<Team>(high: 1, low: 2)
    private static let now = TestDatabase.migratedAt

    /// Each from the beginning and from a cursor.
    private static let calls: [Call] = [PageRequest(), PageRequest(after: Cursor(time: now - .hours(2), id: team))]
        .flatMap {
            page in
            [
                Call("teams.list") { _ = try await $0.teams.list(of: user, page: page) },
                Call("teamMembers.list") { _ = try await $0.teamMembers.list(in: team, page: page) },
                Call("auditLog.list") { _ = try await $0.auditLog.list(.team(team), matching: .none, page: page) },
            ]
        }

    @Test func `a page of a long list costs a page`() async throws {
        try await TestDatabase.withMigrated { url in
            try await TestDatabase.administer(url, Self.fill)
            let client = PostgresClient(
                configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
            defer { client.shutdown() }
            for scope in [Scope.user(Self.user), .team(Self.team, Self.user), .system] {
                for call in Self.calls {
                    let runner = PlanRunner(client: client, prelude: scope.prelude, isSmall: false)
                    await #expect(throws: PlanRunner.Explained()) {
                        try await call.run(PostgresStore(runner: runner) { _ in })
                    }
                    for plan in runner.plans {
                        // What is joined to the page is as small as the page.
                        let reading = plan.split(separator: "personal").first ?? ""
                        #expect(
                            !["Sort\n", "Bitmap", "Hash", "hashed"].contains(where: reading.contains),
                            "\(call.testDescription) in \(scope)\n\(plan)")
                    }
                }
            }
        }
    }

    private static func fill(by session: PostgresSession) async throws {
        try await session.script(
            """
            set session_replication_role = replica;
            insert into users (
                id, email, email_key, first_name, last_name, locale, time_zone, is_superuser, mfa_enabled,
                created_at, updated_at, version)
            select (case when n = 0 then '\(user)' else gen_random_uuid()::text end)::uuid, n || '@example.org',
                n || '@example.org', 'A', 'B', 'en', 'UTC', false, false, now() - n * interval '1 second', now(), 1
            from generate_series(0, \(rows)) as n;
            insert into teams (id, name, slug, owner_id, created_at, updated_at, version)
            select (case when n = 0 then '\(team)' else gen_random_uuid()::text end)::uuid, 'A', 'team-' || n,
                '\(user)', now() - n * interval '1 second', now(), 1
            from generate_series(0, \(rows)) as n;
            insert into team_members (team_id, user_id, role, joined_at, updated_at, version)
            select id, '\(user)', 'owner', created_at, now(), 1 from teams
            union all
            select '\(team)', id, 'member', created_at, now(), 1 from users where id <> '\(user)';
            insert into audit_events (id, action, actor_id, user_id, team_id, target_type, changes, created_at)
            select gen_random_uuid(), 'team.updated', '\(user)', '\(user)', '\(team)', 'team', '{}',
                now() - n * interval '1 second'
            from generate_series(1, \(rows)) as n;
            analyze;
            """)
    }
}
