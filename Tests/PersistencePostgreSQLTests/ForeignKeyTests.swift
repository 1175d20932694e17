import DatabaseSupport
import PostgresClient
import Testing

@testable import PersistencePostgreSQL

/// What becomes of what refers to a person or a team that is deleted: nothing is left behind that refers to nobody.
struct ForeignKeyTests {
    /// Each foreign key, and what the deletion of what it refers to does.
    private static let rules = [
        // Goes with it.
        "api_keys (user_id) -> users: cascade", "authenticators (user_id) -> users: cascade",
        "data_exports (user_id) -> users: cascade", "identities (user_id) -> users: cascade",
        "invitations (team_id) -> teams: cascade", "notification_choices (user_id) -> users: cascade",
        "notifications (user_id) -> users: cascade", "one_time_tokens (user_id) -> users: cascade",
        "passkeys (user_id) -> users: cascade", "recovery_codes (user_id) -> users: cascade",
        "resource_grants (team_id) -> teams: cascade",
        "resource_grants (team_id, member_id) -> team_members: cascade",
        "resource_grants (team_id, role_id) -> team_roles: cascade",
        "sessions (impersonator_id) -> users: cascade", "sessions (user_id) -> users: cascade",
        "team_api_keys (team_id) -> teams: cascade",
        "team_members (team_id) -> teams: cascade", "team_members (user_id) -> users: cascade",
        "team_barred_users (team_id) -> teams: cascade", "team_barred_users (user_id) -> users: cascade",
        "team_domains (team_id) -> teams: cascade",
        "team_roles (team_id) -> teams: cascade",
        "webhook_deliveries (team_id, endpoint_id) -> webhook_endpoints: cascade",
        "webhook_endpoints (team_id) -> teams: cascade",
        // Stays and forgets it.
        "invitations (invited_by) -> users: set null", "resource_grants (granted_by) -> users: set null",
        "team_domains (added_by) -> users: set null",
        // Refuses it: a role that somebody has, a primary owner, whoever has paid.
        "billing_accounts (team_id) -> teams: no action", "billing_accounts (user_id) -> users: no action",
        "payments (billing_account_id) -> billing_accounts: no action",
        "payments (billing_account_id, subscription_id) -> subscriptions: no action",
        "subscriptions (billing_account_id) -> billing_accounts: no action",
        "team_domains (team_id, role_id) -> team_roles: no action",
        "team_members (team_id, role_id) -> team_roles: no action", "teams (owner_id) -> users: no action",
    ]

    /// What names something without a foreign key, and outlives it on purpose.
    private static let records = [
        // The log tells of what is gone.
        "audit_events.actor_id", "audit_events.actor_key_id", "audit_events.impersonator_id", "audit_events.team_id",
        "audit_events.user_id",
        "audit_heads.scope_id", "audit_personal_data.event_id", "audit_personal_data.person_id",
        "audit_personal_data.team_id", "audit_personal_data.user_id", "audit_queue.event_id", "audit_seals.event_id",
        "audit_seals.scope_id",
        // An invitation that ended outlives the role it offered.
        "invitations.role_id",
        // Of whoever works on it now.
        "jobs.lease_token",
        // A session that ended is no longer one to be kept.
        "one_time_tokens.session_id",
        // The id that receivers know an event by; there is no table of events.
        "webhook_deliveries.event_id",
    ]

    @Test func `every foreign key says what a deletion does`() async throws {
        try await withDatabase { client, _ in
            let found = try await client.query(
                """
                select concat(
                    c.conrelid::regclass::text, ' (',
                    (select string_agg(a.attname, ', ' order by k.place)
                        from unnest(c.conkey) with ordinality as k (number, place)
                        join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.number),
                    ') -> ', c.confrelid::regclass::text, ': ',
                    case c.confdeltype
                        when 'c' then 'cascade' when 'n' then 'set null' when 'a' then 'no action' else 'other'
                    end)
                from pg_constraint as c
                where c.contype = 'f' and c.connamespace = 'public'::regnamespace
                """
            ).column(String.self)
            #expect(found.sorted() == Self.rules.sorted())
        }
    }

    @Test func `whatever names something has a foreign key, or outlives it on purpose`() async throws {
        try await withDatabase { client, _ in
            let found = try await client.query(
                """
                select concat(c.relname, '.', a.attname)
                from pg_attribute as a
                join pg_class as c on c.oid = a.attrelid
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                    and a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::regtype and a.attname <> 'id'
                    and not exists (
                        select from pg_constraint as f
                        where f.conrelid = c.oid and f.contype = 'f' and a.attnum = any(f.conkey))
                """
            ).column(String.self)
            #expect(found.sorted() == Self.records.sorted())
        }
    }
}
