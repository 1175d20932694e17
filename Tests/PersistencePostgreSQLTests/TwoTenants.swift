import Core
import PostgresClient

@testable import PersistencePostgreSQL

/// Two people, each with a team of one's own and a row in every table that belongs to a person or a team.
struct TwoTenants {
    let ada = ID<User>(high: 1, low: 1)
    let grace = ID<User>(high: 1, low: 2)
    let adasTeam = ID<Team>(high: 2, low: 1)
    let gracesTeam = ID<Team>(high: 2, low: 2)

    func insert(by client: PostgresClient) async throws {
        for (number, (user, team)) in [(ada, adasTeam), (grace, gracesTeam)].enumerated() {
            _ = try await client.batch(person(user, "person\(number)@example.org"))
            _ = try await client.batch(teamwork(team, of: user, "team\(number)", hash(number)))
            for (offset, payer) in [(10, ID<Team>?.none), (20, team)] {
                let account = ID<Never>(high: 3, low: UInt64(offset + number))
                _ = try await client.batch(billing(account, user: payer == nil ? user : nil, team: payer))
            }
            _ = try await client.batch(records(of: user, team))
        }
    }

    private var now: Timestamp { Timestamp(seconds: 1_767_225_600) }

    private func hash(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 32) }

    private func person(_ user: ID<User>, _ email: String) -> [SQL] {
        [
            """
            insert into users (
                id, email, email_key, first_name, last_name, locale, time_zone, is_superuser, mfa_enabled, created_at,
                updated_at, version)
            values (\(user), \(email), \(email), 'A', 'B', 'en', 'UTC', false, false, \(now), \(now), 1)
            """,
            """
            insert into sessions (
                id, user_id, created_at, last_seen_at, authenticated_at, idle_expires_at, expires_at, refresh_hash,
                refresh_generation)
            values (\(user), \(user), \(now), \(now), \(now), \(now), \(now), \(hash(0)), 0)
            """,
            """
            insert into one_time_tokens (hash, purpose, user_id, email_key, created_at, expires_at)
            values (\(hash(Int(user.low))), 'verify_email', \(user), \(email), \(now), \(now))
            """,
            """
            insert into api_keys (id, user_id, name, prefix, hash, scopes, created_at)
            values (\(user), \(user), 'A', 'plk_', \(hash(1)), '{users:read}', \(now))
            """,
            """
            insert into identities (id, user_id, provider, issuer, subject, created_at, last_used_at)
            values (\(user), \(user), 'google', 'https://issuer', \(email), \(now), \(now))
            """,
            """
            insert into passkeys (
                id, user_id, name, credential_id, public_key, sign_count, is_backup_eligible, is_backed_up, transports,
                aaguid, created_at)
            values (
                \(user), \(user), 'A', \(user.bytes), \(hash(1)), 0, false, false, '{}', \(user.bytes), \(now))
            """,
            """
            insert into authenticators (user_id, sealed_secret, created_at)
            values (\(user), \(hash(1)), \(now))
            """,
            """
            insert into recovery_codes (user_id, hash, created_at)
            values (\(user), \(hash(1)), \(now))
            """,
            """
            insert into notifications (user_id, id, kind, title, body, created_at)
            values (\(user), \(user), 'new_sign_in', 'A', 'B', \(now))
            """,
            """
            insert into notification_choices (user_id, kind, channels)
            values (\(user), 'new_sign_in', '{mail}')
            """,
        ]
    }

    private func teamwork(_ team: ID<Team>, of user: ID<User>, _ name: String, _ hash: [UInt8]) -> [SQL] {
        [
            """
            insert into teams (id, name, slug, owner_id, created_at, updated_at, version)
            values (\(team), \(name), \(name), \(user), \(now), \(now), 1)
            """,
            """
            insert into team_roles (team_id, id, name, permissions, created_at, updated_at, version)
            values (\(team), \(team), \(name), '{team:read}', \(now), \(now), 1)
            """,
            """
            insert into team_api_keys (
                team_id, id, name, prefix, hash, scopes, address_ranges, created_at, updated_at)
            values (\(team), \(team), 'Deploy', 'plt_AZk1', \(hash), '{team:read}', '{}', \(now), \(now))
            """,
            """
            insert into team_members (team_id, user_id, role, joined_at, updated_at, version)
            values (\(team), \(user), 'owner', \(now), \(now), 1)
            """,
            """
            insert into resource_grants (
                team_id, id, resource_type, resource_id, permission, member_id, granted_by, created_at)
            values (\(team), \(team), 'file', 'a', 'files:read', \(user), \(user), \(now))
            """,
            """
            insert into invitations (team_id, id, email, email_key, role, token_hash, created_at, sent_at, expires_at)
            values (\(team), \(team), 'c@example.org', 'c@example.org', 'member', \(hash), \(now), \(now), \(now))
            """,
            """
            insert into team_domains (team_id, id, domain, role, challenge, created_at, expires_at)
            values (\(team), \(team), 'example.org', 'member', 'A-challenge-of-some-length', \(now), \(now))
            """,
            """
            insert into team_barred_users (team_id, user_id, barred_at)
            values (\(team), \(user), \(now))
            """,
            """
            insert into webhook_endpoints (team_id, id, url, name, sealed_secret, created_at, updated_at, version)
            values (\(team), \(team), 'https://a.example/', '', \(hash), \(now), \(now), 1)
            """,
            """
            insert into webhook_deliveries (
                team_id, id, endpoint_id, event_id, kind, body, created_at, next_attempt_at)
            values (\(team), \(team), \(team), \(team), 'team.updated', '{}', \(now), \(now))
            """,
        ]
    }

    private func billing(_ account: ID<Never>, user: ID<User>?, team: ID<Team>?) -> [SQL] {
        [
            """
            insert into billing_accounts (id, user_id, team_id, created_at, updated_at, version)
            values (\(account), \(user), \(team), \(now), \(now), 1)
            """,
            """
            insert into subscriptions (
                billing_account_id, id, plan, price, status, seats, cancel_at_period_end, created_at, updated_at,
                version)
            values (\(account), \(account), 'pro', 'pro_month_eur', 'active', 1, false, \(now), \(now), 1)
            """,
            """
            insert into payments (
                billing_account_id, id, subscription_id, status, amount, refunded_amount, currency, created_at,
                updated_at)
            values (\(account), \(account), \(account), 'succeeded', 1900, 0, 'EUR', \(now), \(now))
            """,
        ]
    }

    private func records(of user: ID<User>, _ team: ID<Team>) -> [SQL] {
        [
            """
            insert into audit_events (id, created_at, action, user_id, target_type, changes)
            values (\(user), \(now), 'user.created', \(user), 'user', '{}')
            """,
            """
            insert into audit_events (id, created_at, action, user_id, team_id, target_type, changes)
            values (\(team), \(now), 'team.created', \(user), \(team), 'team', '{}')
            """,
            """
            insert into audit_personal_data (event_id, created_at, person_id, user_id, ip, changes)
            values (\(user), \(now), \(user), \(user), '192.0.2.1', '{}')
            """,
            """
            insert into audit_personal_data (event_id, created_at, person_id, user_id, team_id, ip, changes)
            values (\(team), \(now), \(user), \(user), \(team), '192.0.2.1', '{}')
            """,
            """
            insert into audit_seals (
                scope, scope_id, sequence, event_id, event_created_at, event_hash, origin_erased, personal_erased, hash)
            values
                ('user', \(user), 1, \(user), \(now), \(hash(1)), false, false, \(hash(1))),
                ('team', \(team), 1, \(team), \(now), \(hash(1)), false, false, \(hash(1)))
            """,
            """
            insert into audit_heads (scope, scope_id, sequence, hash)
            values ('user', \(user), 1, \(hash(1))), ('team', \(team), 1, \(hash(1)))
            """,
            """
            insert into data_exports (id, user_id, created_at)
            values (\(user), \(user), \(now))
            """,
            """
            insert into idempotency_records (principal, method, path, key, request_hash, created_at, expires_at)
            values ('user:' || \(user), 'POST', '/', 'k', \(hash(1)), \(now), \(now))
            """,
            """
            insert into jobs (id, name, parameters, run_at, created_at)
            values (\(user), 'mail.send', '{}', \(now), \(now))
            """,
        ]
    }
}
