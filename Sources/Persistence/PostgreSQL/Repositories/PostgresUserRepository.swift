import Core
import Persistence
import PostgresClient

struct PostgresUserRepository: UserRepository {
    let runner: any StatementRunner
    /// Called after a statement that ended sessions of a person.
    let changed: @Sendable (WakeUps.Topic) -> Void

    func insert(_ user: User, passwordHash: String?) async throws {
        try await runner.change(
            """
            insert into users (
                id, email, email_key, email_verified_at, password_hash, first_name, last_name, locale, time_zone,
                avatar_url, is_superuser, mfa_enabled, second_factor_reset_at, suspended_at, deleted_at, purge_at,
                terms_version, terms_agreed_at, created_at, updated_at, version)
            values (
                \(user.id), \(user.email.text), \(user.email.key), \(user.emailVerifiedAt), \(passwordHash),
                \(user.firstName), \(user.lastName), \(user.language), \(user.timeZone), \(user.avatarURL),
                \(user.isSuperuser), \(user.hasSecondFactor), \(user.secondFactorResetAt), \(user.suspendedAt),
                \(user.deletedAt), \(user.purgeAt), \(user.terms?.version), \(user.terms?.agreedAt), \(user.createdAt),
                \(user.updatedAt), \(user.version))
            """)
    }

    func find(_ id: ID<User>) async throws -> User? {
        try await runner.first(
            "select \(unescaped: User.columns) from users where id = \(id)", User.init(columns:))
    }

    func find(emailKey: String) async throws -> User? {
        try await runner.first(
            """
            select \(unescaped: User.columns)
            from users
            where email_key = \(emailKey) and purged_at is null
            """, User.init(columns:))
    }

    func findForSignIn(emailKey: String) async throws -> (user: User, passwordHash: String?)? {
        try await runner.first(
            """
            select \(unescaped: User.columns), users.password_hash
            from users
            where email_key = \(emailKey) and purged_at is null
            """
        ) { columns throws(PostgresDecodingError) in
            (user: try User(columns: &columns), passwordHash: try columns.next())
        }
    }

    func findLocked(_ id: ID<User>) async throws -> (user: User, passwordHash: String?)? {
        let found: [(user: User, passwordHash: String?)] = try await runner.changed(
            """
            select \(unescaped: User.columns), users.password_hash
            from users
            where id = \(id)
            for no key update
            """
        ) { columns throws(PostgresDecodingError) in
            (user: try User(columns: &columns), passwordHash: try columns.next())
        }
        return found.first
    }

    func update(_ user: User) async throws -> User {
        let update: SQL = """
            update users
            set email = \(user.email.text), email_key = \(user.email.key), email_verified_at = \(user.emailVerifiedAt),
                first_name = \(user.firstName), last_name = \(user.lastName), locale = \(user.language),
                time_zone = \(user.timeZone), avatar_url = \(user.avatarURL), is_superuser = \(user.isSuperuser),
                mfa_enabled = \(user.hasSecondFactor), second_factor_reset_at = \(user.secondFactorResetAt),
                suspended_at = \(user.suspendedAt), deleted_at = \(user.deletedAt), purge_at = \(user.purgeAt), terms_version = \(user.terms?.version),
                terms_agreed_at = \(user.terms?.agreedAt), updated_at = \(user.updatedAt), version = version + 1
            where id = \(user.id) and version = \(user.version)
            returning \(unescaped: User.columns)
            """
        // Tells, where nothing was updated, whether the version is another, or the user is not there to be changed.
        let check: SQL = "select 1 from users where id = \(user.id) and version <> \(user.version)"
        let results = try await runner.run([update, check], access: .write)
        if let updated = try results.first?.firstValue(User.init(columns:)) { return updated }
        throw results.last?.isEmpty == false ? DatabaseError.versionConflict : DatabaseError.notFound
    }

    func replacePasswordHash(of id: ID<User>, expected: String?, with passwordHash: String) async throws -> Bool {
        try await runner.change(
            """
            update users
            set password_hash = \(passwordHash)
            where id = \(id) and password_hash is not distinct from \(expected)
            """) == 1
    }

    func setPasswordHash(of id: ID<User>, to passwordHash: String?) async throws {
        let count = try await runner.change("update users set password_hash = \(passwordHash) where id = \(id)")
        guard count == 1 else { throw DatabaseError.notFound }
    }

    func markEmailVerified(_ id: ID<User>, emailKey: String, at time: Timestamp) async throws -> Bool {
        let mark: SQL = """
            update users
            set email_verified_at = \(time), updated_at = \(time), version = version + 1
            where id = \(id) and email_key = \(emailKey) and email_verified_at is null
            """
        let check: SQL = """
            select 1 from users where id = \(id) and email_key = \(emailKey) and email_verified_at is not null
            """
        return try await runner.run([mark, check], access: .write).last?.isEmpty == false
    }

    func listDueForPurge(at time: Timestamp, limit: Int) async throws -> [ID<User>] {
        try await runner.all(
            "select id from users where \(sql: Self.isDueForPurge(at: time)) order by purge_at limit \(limit)"
        ) { columns throws(PostgresDecodingError) in try columns.next() }
    }

    func purge(_ id: ID<User>, at time: Timestamp) async throws -> Bool {
        // Locked, so that what is removed below is of an account that is due and stays so.
        let due: [User] = try await runner.changed(
            """
            select \(unescaped: User.columns)
            from users
            where id = \(id) and \(sql: Self.isDueForPurge(at: time))
            for update
            """, User.init(columns:))
        guard let user = due.first else { return false }
        let purged = user.purged(at: time)
        let update: SQL = """
            update users
            set email = \(purged.email.text), email_key = \(purged.email.key), email_verified_at = null,
                password_hash = null, first_name = \(purged.firstName), last_name = \(purged.lastName),
                locale = \(purged.language), time_zone = \(purged.timeZone), avatar_url = null, is_superuser = false,
                mfa_enabled = false, second_factor_reset_at = null, suspended_at = null, terms_version = null, terms_agreed_at = null,
                purged_at = \(time), updated_at = \(time), version = version + 1
            where id = \(id)
            """
        _ = try await runner.run(Self.removals(of: user) + [update], access: .write)
        changed(.user(id))
        return true
    }

    /// Of everything that belongs to the person alone.
    private static func removals(of user: User) -> [SQL] {
        let tables = [
            "sessions", "one_time_tokens", "authenticators", "recovery_codes", "api_keys", "identities", "passkeys",
            "notifications", "notification_choices", "team_barred_users",
        ]
        return tables.map { "delete from \(unescaped: $0) where user_id = \(user.id)" }
            + [
                "delete from idempotency_records where principal = \("user:\(user.id)")",
                "delete from mail_suppressions where email_key = \(user.email.key)",
                "delete from invitations where email_key = \(user.email.key)",
                // Where an administrator worked from who acted as somebody else.
                """
                update sessions
                set ip = null, user_agent = null, device_name = null
                where impersonator_id = \(user.id)
                """,
                """
                delete from jobs
                where name = 'mail.send' and state <> 'running' and parameters ->> 'user_id' = \(user.id.description)
                """,
                """
                delete from jobs
                where name = 'mail.send' and state <> 'running' and parameters ->> 'to' = \(user.email.text)
                """,
            ]
    }

    private static func isDueForPurge(at time: Timestamp) -> SQL {
        "purged_at is null and purge_at <= \(time)"
    }
}
