import Core
import Persistence
import PostgresClient

struct PostgresSessionRepository: SessionRepository {
    /// Rows of one statement, which has seconds.
    private static let removedAtOnce = 5000

    let runner: any StatementRunner
    /// Called after a statement that ended sessions of a person.
    let changed: @Sendable (WakeUps.Topic) -> Void

    func insert(_ session: Session, refresh: RefreshState) async throws {
        try await runner.change(
            """
            insert into sessions (
                id, user_id, impersonator_id, device_name, user_agent, ip, created_at, last_seen_at, authenticated_at,
                idle_expires_at, expires_at, revoked_at, refresh_hash, refresh_generation, parent_hash,
                sealed_successor, rotated_at)
            values (
                \(session.id), \(session.userID), \(session.impersonatorID), \(session.deviceName),
                \(session.userAgent), \(session.ip), \(session.createdAt), \(session.lastSeenAt),
                \(session.authenticatedAt), \(session.idleExpiresAt), \(session.expiresAt), \(session.revokedAt),
                \(refresh.hash), \(refresh.generation), \(refresh.parentHash), \(refresh.sealedSuccessor),
                \(refresh.rotatedAt))
            """)
    }

    func authenticate(_ id: ID<Session>) async throws -> (session: Session, user: User)? {
        try await runner.first(
            """
            select \(unescaped: Session.columns), \(unescaped: User.columns)
            from sessions
            join users on users.id = sessions.user_id
            where sessions.id = \(id)
            """
        ) { columns throws(PostgresDecodingError) in
            (session: try Session(columns: &columns), user: try User(columns: &columns))
        }
    }

    func rotate(
        _ id: ID<Session>, presented: [UInt8], successor: [UInt8], sealedSuccessor: [UInt8], at time: Timestamp,
        idleExpiresAt: Timestamp
    ) async throws -> Session? {
        try await runner.changed(
            """
            update sessions
            set refresh_hash = \(successor), refresh_generation = refresh_generation + 1, parent_hash = refresh_hash,
                sealed_successor = \(sealedSuccessor), rotated_at = \(time), idle_expires_at = \(idleExpiresAt)
            where id = \(id) and refresh_hash = \(presented) and \(sql: Self.isLive(at: time))
            returning \(unescaped: Session.columns)
            """, Session.init(columns:)
        ).first
    }

    func refreshState(of id: ID<Session>) async throws -> (session: Session, refresh: RefreshState)? {
        try await runner.first(
            """
            select \(unescaped: Session.columns), \(unescaped: RefreshState.columns)
            from sessions
            where id = \(id)
            """
        ) { columns throws(PostgresDecodingError) in
            (session: try Session(columns: &columns), refresh: try RefreshState(columns: &columns))
        }
    }

    func eraseSealedSuccessors(rotatedBefore time: Timestamp) async throws -> Int {
        try await runner.change(
            """
            update sessions
            set sealed_successor = null
            where sealed_successor is not null and rotated_at < \(time)
            """)
    }

    func list(of user: ID<User>, liveAt time: Timestamp, page: PageRequest) async throws -> Page<Session> {
        try await runner.page(
            """
            select \(unescaped: Session.columns)
            from sessions
            where user_id = \(user) and \(sql: Self.isLive(at: time)) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, Session.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func list(of user: ID<User>, page: PageRequest) async throws -> Page<Session> {
        try await runner.page(
            """
            select \(unescaped: Session.columns)
            from sessions
            where user_id = \(user) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, Session.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func remove(expiredBefore time: Timestamp) async throws -> Int {
        let removal: SQL = """
            delete from sessions
            where id = any(array(
                select id from sessions where expires_at < \(time) order by expires_at limit \(Self.removedAtOnce)))
            """
        var (count, last) = (0, 0)
        repeat {
            last = try await runner.change(removal)
            count += last
        } while last == Self.removedAtOnce
        return count
    }

    func touch(_ id: ID<Session>, at time: Timestamp, interval: Duration) async throws {
        try await runner.change(
            "update sessions set last_seen_at = \(time) where id = \(id) and last_seen_at < \(time - interval)")
    }

    func renewAuthentication(_ id: ID<Session>, of user: ID<User>, at time: Timestamp) async throws -> Bool {
        try await runner.change(
            """
            update sessions
            set authenticated_at = \(time)
            where id = \(id) and user_id = \(user) and \(sql: Self.isLive(at: time))
            """) == 1
    }

    func revoke(
        _ id: ID<Session>, of user: ID<User>, reason: RevocationReason, at time: Timestamp
    ) async throws -> Bool {
        try await !end("id = \(id) and user_id = \(user)", actingAs: user, reason: reason, at: time).isEmpty
    }

    func revokeAll(
        of user: ID<User>, except kept: ID<Session>?, reason: RevocationReason, at time: Timestamp
    ) async throws -> [ID<Session>] {
        try await end(
            "user_id = \(user) and id is distinct from \(kept)", actingAs: user, reason: reason, at: time)
    }

    /// Ends the live sessions of which `condition` holds, and those in which `user` acts as somebody else.
    ///
    /// By two statements in one round trip, each with its index; what is ended by the second is no less everybody's news.
    /// - Returns: Those of which `condition` holds.
    private func end(
        _ condition: SQL, actingAs user: ID<User>, reason: RevocationReason, at time: Timestamp
    ) async throws -> [ID<Session>] {
        let updates: [SQL] = [condition, "impersonator_id = \(user)"].map { condition in
            """
            update sessions
            set revoked_at = \(time), revocation_reason = \(reason)
            where \(sql: condition) and \(sql: Self.isLive(at: time))
            returning id, user_id
            """
        }
        let ended = try await runner.run(updates, access: .write).map { rows in
            try rows.values { columns throws(PostgresDecodingError) in
                (session: try columns.next() as ID<Session>, user: try columns.next() as ID<User>)
            }
        }
        for user in Set(ended.joined().map(\.user)) { changed(.user(user)) }
        return ended.first?.map(\.session) ?? []
    }

    /// ``Session/isLive(at:)``.
    private static func isLive(at time: Timestamp) -> SQL {
        "revoked_at is null and idle_expires_at > \(time) and expires_at > \(time)"
    }
}
