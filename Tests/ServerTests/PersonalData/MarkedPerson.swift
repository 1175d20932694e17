import Core
import PostgresClient

/// A person about to be purged, with a mark of its own in every column that holds something of theirs.
struct MarkedPerson {
    static let now = Timestamp(seconds: 1_767_225_600)

    /// Columns of 16 bytes.
    private static let short: Set = [
        "passkeys.aaguid", "audit_personal_data.origin_salt", "audit_personal_data.personal_salt",
    ]

    let user = ID<User>(high: 0x1234, low: 0x5678)
    private var now: Timestamp { Self.now }

    /// What is written into a column; what is said of mails to an address is kept under the address.
    private func mark(_ column: String) -> String {
        column == "mail_suppressions.email_key" ? mark("users.email_key") : "mark.\(column);"
    }

    /// The same as bytes, the end of it or filled up to a length.
    private func bytes(_ column: String, length: Int = 32) -> [UInt8] {
        let mark = Array(mark(column).utf8.suffix(length))
        return mark + Array(repeating: UInt8(ascii: "."), count: length - mark.count)
    }

    /// Whether a dump of tables has the mark, as text or as PostgreSQL shows bytes.
    func isIn(_ dump: String, _ column: String) -> Bool {
        dump.contains(mark(column)) || dump.contains(HexDigits.encode(stored(column)))
    }

    /// Whether an export has the mark, as text, in base64url or in hexadecimal.
    func isTold(by export: String, _ column: String) -> Bool {
        export.contains(mark(column)) || export.contains(Base64URL.encode(stored(column)))
            || export.contains(HexDigits.encode(stored(column)))
    }

    private func stored(_ column: String) -> [UInt8] {
        Self.short.contains(column) ? bytes(column, length: 16) : bytes(column)
    }

    var statements: [SQL] { account + acting + credentials + messages + records }

    /// A session in which the person acts as somebody else.
    private var acting: [SQL] {
        let other = ID<User>(high: 0x9999, low: 1)
        return [
            """
            insert into users (
                id, email, email_key, first_name, last_name, locale, time_zone, is_superuser, mfa_enabled, created_at,
                updated_at, version)
            values (\(other), 'b@example.org', 'b@example.org', 'B', 'C', 'en', 'UTC', false, false, \(now), \(now), 1)
            """,
            """
            insert into sessions (
                id, user_id, impersonator_id, device_name, user_agent, ip, created_at, last_seen_at, authenticated_at,
                idle_expires_at, expires_at, refresh_hash, refresh_generation)
            values (
                \(other), \(other), \(user), \(mark("sessions.device_name")), \(mark("sessions.user_agent")),
                \(mark("sessions.ip")), \(now), \(now), \(now), \(now), \(now), \([UInt8](repeating: 0, count: 32)), 0)
            """,
        ]
    }

    private var account: [SQL] {
        [
            """
            insert into users (
                id, email, email_key, password_hash, first_name, last_name, locale, time_zone, avatar_url, is_superuser,
                mfa_enabled, deleted_at, purge_at, terms_version, terms_agreed_at, created_at, updated_at, version)
            values (
                \(user), \(mark("users.email")), \(mark("users.email_key")), \(mark("users.password_hash")),
                \(mark("users.first_name")), \(mark("users.last_name")), 'en', \(mark("users.time_zone")),
                \(mark("users.avatar_url")), false, false, \(now), \(now), \(mark("users.terms_version")), \(now),
                \(now), \(now), 1)
            """,
            """
            insert into sessions (
                id, user_id, device_name, user_agent, ip, created_at, last_seen_at, authenticated_at, idle_expires_at,
                expires_at, refresh_hash, refresh_generation, parent_hash, sealed_successor, rotated_at)
            values (
                \(user), \(user), \(mark("sessions.device_name")), \(mark("sessions.user_agent")),
                \(mark("sessions.ip")), \(now), \(now), \(now), \(now), \(now), \(bytes("sessions.refresh_hash")), 0,
                \(bytes("sessions.parent_hash")), \(bytes("sessions.sealed_successor")), \(now))
            """,
            """
            insert into one_time_tokens (hash, purpose, user_id, email_key, new_email, created_at, expires_at)
            values (
                \(bytes("one_time_tokens.hash")), 'change_email', \(user), \(mark("one_time_tokens.email_key")),
                \(mark("one_time_tokens.new_email")), \(now), \(now))
            """,
        ]
    }

    private var credentials: [SQL] {
        [
            """
            insert into authenticators (user_id, sealed_secret, created_at)
            values (\(user), \(bytes("authenticators.sealed_secret")), \(now))
            """,
            """
            insert into recovery_codes (user_id, hash, created_at)
            values (\(user), \(bytes("recovery_codes.hash")), \(now))
            """,
            """
            insert into api_keys (id, user_id, name, prefix, hash, scopes, created_at)
            values (
                \(user), \(user), \(mark("api_keys.name")), \(mark("api_keys.prefix")), \(bytes("api_keys.hash")),
                '{users:read}', \(now))
            """,
            """
            insert into identities (id, user_id, provider, issuer, subject, email, created_at, last_used_at)
            values (
                \(user), \(user), \(mark("identities.provider")), \(mark("identities.issuer")),
                \(mark("identities.subject")), \(mark("identities.email")), \(now), \(now))
            """,
            """
            insert into passkeys (
                id, user_id, name, credential_id, public_key, sign_count, is_backup_eligible, is_backed_up, transports,
                aaguid, created_at)
            values (
                \(user), \(user), \(mark("passkeys.name")), \(bytes("passkeys.credential_id")),
                \(bytes("passkeys.public_key")), 0, false, false, \([mark("passkeys.transports")]),
                \(stored("passkeys.aaguid")), \(now))
            """,
        ]
    }

    private var messages: [SQL] {
        [
            """
            insert into notifications (user_id, id, kind, title, body, path, created_at)
            values (
                \(user), \(user), 'new_sign_in', \(mark("notifications.title")), \(mark("notifications.body")),
                \(mark("notifications.path")), \(now))
            """,
            """
            insert into mail_suppressions (email_key, reason, detail, occurred_at)
            values (\(mark("users.email_key")), 'bounce', \(mark("mail_suppressions.detail")), \(now))
            """,
            """
            insert into jobs (id, name, parameters, run_at, created_at)
            values (
                \(user), 'mail.send', jsonb_build_object(
                    'user_id', \(user.description), 'to', \(mark("jobs.parameters"))), \(now), \(now))
            """,
        ]
    }

    private var records: [SQL] {
        [
            """
            insert into audit_events (id, created_at, action, actor_id, user_id, target_type, changes)
            values (\(user), \(now), 'mark.action', \(user), \(user), 'user', '{}')
            """,
            """
            insert into audit_personal_data (
                event_id, created_at, person_id, user_id, ip, user_agent, origin_salt, personal_salt, changes)
            values (
                \(user), \(now), \(user), \(user), \(mark("audit_personal_data.ip")),
                \(mark("audit_personal_data.user_agent")), \(stored("audit_personal_data.origin_salt")),
                \(stored("audit_personal_data.personal_salt")),
                jsonb_build_object('name', \(mark("audit_personal_data.changes"))))
            """,
            """
            insert into idempotency_records (
                principal, method, path, key, request_hash, status, sealed_response, created_at, expires_at)
            values (
                'user:' || \(user.description), 'POST', \(mark("idempotency_records.path")),
                \(mark("idempotency_records.key")), \(bytes("hash")), 200,
                \(bytes("idempotency_records.sealed_response")), \(now), \(now))
            """,
        ]
    }
}
