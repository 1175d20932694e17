import Core
import Persistence
import PostgresClient

struct PostgresAuditLog: AuditLog {
    let runner: any StatementRunner

    func record(_ event: AuditEvent) async throws {
        try await runner.change(
            """
            insert into audit_events (
                id, action, actor_id, impersonator_id, user_id, team_id, target_type, target_id, ip, user_agent,
                request_id, changes, created_at)
            values (
                \(event.id), \(event.action), \(event.actorID), \(event.impersonatorID), \(event.userID),
                \(event.teamID), \(event.targetType), \(event.targetID), \(event.origin.ip),
                \(event.origin.userAgent), \(event.origin.requestID), \(try event.encodedChanges),
                \(event.createdAt))
            """)
    }

    func list(ofUser user: ID<User>, page: PageRequest) async throws -> Page<AuditEvent> {
        try await runner.page(
            """
            select \(unescaped: AuditEvent.columns)
            from audit_events
            where user_id = \(user) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, AuditEvent.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }
}
