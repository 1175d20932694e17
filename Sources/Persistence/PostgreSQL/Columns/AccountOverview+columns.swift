import Core
import PostgresClient

extension AccountOverview {
    /// What ``init(columns:)`` reads, in its order, of `users`.
    static let columns = """
        \(User.columns), \(lastSeenAt), (
            select changes ->> 'reason'
            from audit_personal_data
            where event_id = (
                select event.id
                from audit_events as event
                where event.user_id = users.id and event.created_at = users.suspended_at
                    and event.action = '\(AuditEvent.suspension)'
                limit 1))
        """

    /// When somebody of `users` was seen last.
    static let lastSeenAt = """
        (
            select max(last_seen_at)
            from (
                select last_seen_at
                from sessions
                where user_id = users.id and impersonator_id is null
                order by created_at desc, id desc
                limit \(sessionsLookedAt)
            ) as latest)
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            user: try User(columns: &columns), lastSeenAt: try columns.next(), suspensionReason: try columns.next())
    }
}
