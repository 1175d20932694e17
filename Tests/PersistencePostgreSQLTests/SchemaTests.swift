import DatabaseSupport
import Persistence
import PostgresClient
import Testing

@testable import PersistencePostgreSQL

/// What holds for every table, asked of PostgreSQL's catalogue.
struct SchemaTests {
    private func expectNone(_ query: SQL, _ comment: Comment) async throws {
        try await withDatabase { client, _ in
            let found = try await client.query(query).column(String.self)
            #expect(found == [], comment)
        }
    }

    @Test func `every table and column says what it is`() async throws {
        try await expectNone(
            """
            select concat_ws('.', c.relname, a.attname)
            from pg_class as c
            left join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                and (obj_description(c.oid, 'pg_class') is null or col_description(c.oid, a.attnum) is null)
            order by 1
            """, "without a comment")
    }

    @Test func `every table but the migrator's has row-level security and a policy for the system`() async throws {
        try await expectNone(
            """
            select c.relname::text
            from pg_class as c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                and c.relname <> 'schema_migrations'
                and (not c.relrowsecurity or not exists (
                    select from pg_policy as p
                    where p.polrelid = c.oid and p.polname = 'system'
                        and p.polroles = array['plinth_system'::regrole::oid]))
            order by 1
            """, "without row-level security")
    }

    @Test func `everyone who is no member of the three roles is let at nothing`() async throws {
        try await expectNone(
            """
            select c.relname || ' to ' || coalesce(nullif(acl.grantee, 0)::regrole::text, 'public')
            from pg_class as c, aclexplode(c.relacl) as acl
            where c.relnamespace = 'public'::regnamespace
                and acl.grantee not in (
                    'plinth_owner'::regrole, 'plinth_app'::regrole, 'plinth_system'::regrole)
            order by 1
            """, "granted to strangers")
    }

    @Test func `every foreign key has an index that begins with its columns`() async throws {
        try await expectNone(
            """
            select k.conrelid::regclass || ' ' || k.conname
            from pg_constraint as k
            where k.contype = 'f' and k.connamespace = 'public'::regnamespace
                and not exists (
                    select from pg_index as i
                    where i.indrelid = k.conrelid and i.indisvalid
                        and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
            order by 1
            """, "without an index")
    }

    @Test func `times have a time zone and texts no padding`() async throws {
        try await expectNone(
            """
            select table_name || '.' || column_name || ' ' || data_type
            from information_schema.columns
            where table_schema = 'public' and table_name !~ '_[0-9]{4}_[0-9]{2}$'
                and (data_type in ('timestamp without time zone', 'date', 'time without time zone', 'json', 'real')
                    or data_type = 'character' and column_name <> 'currency')
            order by 1
            """, "of a type not to be used")
    }

    @Test func `no time is PostgreSQL's own`() async throws {
        try await expectNone(
            """
            select table_name || '.' || column_name || ' ' || column_default
            from information_schema.columns
            where table_schema = 'public' and column_default ~* '(now|current_|clock_|transaction_)'
            order by 1
            """, "with a default from the wrong clock")
    }

    @Test(arguments: [
        UniqueRule.userEmail, .userID, .sessionID, .oneTimeTokenHash, .idempotencyKey, .waitingJob,
    ])
    func `the schema has the rule of uniqueness that callers know`(rule: UniqueRule) async throws {
        try await withDatabase { client, _ in
            let found = try await client.query(
                """
                select count(*) from pg_index
                where indisunique and indexrelid = to_regclass(\(rule.rawValue))
                """
            ).column(Int.self)
            #expect(found == [1])
        }
    }

    @Test func `tenant tables have the tenant first in their primary key`() async throws {
        try await withDatabase { client, _ in
            let keys = try await client.query(
                """
                select c.relname || ' ' || pg_get_constraintdef(k.oid)
                from pg_constraint as k
                join pg_class as c on c.oid = k.conrelid
                where k.contype = 'p'
                    and c.relname in (
                        'team_members', 'invitations', 'subscriptions', 'payments', 'webhook_endpoints',
                        'webhook_deliveries', 'resource_grants', 'team_api_keys')
                order by 1
                """
            ).column(String.self)
            #expect(
                keys == [
                    "invitations PRIMARY KEY (team_id, id)", "payments PRIMARY KEY (billing_account_id, id)",
                    "resource_grants PRIMARY KEY (team_id, id)",
                    "subscriptions PRIMARY KEY (billing_account_id, id)",
                    "team_api_keys PRIMARY KEY (team_id, id)", "team_members PRIMARY KEY (team_id, user_id)",
                    "webhook_deliveries PRIMARY KEY (team_id, id)", "webhook_endpoints PRIMARY KEY (team_id, id)",
                ])
        }
    }

    @Test func `idempotency records and jobs survive a crash, counters need not`() async throws {
        try await withDatabase { client, _ in
            let unlogged = try await client.query(
                "select relname::text from pg_class where relpersistence = 'u' and relkind = 'r'"
            ).column(String.self)
            #expect(unlogged == ["key_values"])
        }
    }
}
