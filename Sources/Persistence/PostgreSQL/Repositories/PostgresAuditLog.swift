import Core
import Persistence
import PostgresClient

struct PostgresAuditLog: AuditLog {
    /// Rows of one statement, which has seconds.
    private static let erasedAtOnce = 5000

    let runner: any StatementRunner

    // A trigger puts the event among those that wait to be sealed.
    func record(_ event: AuditEvent) async throws {
        let insertion: SQL = """
            insert into audit_events (
                id, action, actor_id, actor_key_id, impersonator_id, user_id, team_id, target_type, target_id, request_id,
                changes, created_at)
            values (
                \(event.id), \(event.action), \(event.actorID), \(event.actorKeyID), \(event.impersonatorID),
                \(event.userID), \(event.teamID), \(event.targetType), \(event.targetID), \(event.origin.requestID),
                \(try AuditEvent.encoded(event.changes)), \(event.createdAt))
            """
        guard event.hasPersonalData else {
            try await runner.change(insertion)
            return
        }
        try await runner.change(
            """
            with personal as (
                insert into audit_personal_data (
                    event_id, created_at, person_id, user_id, team_id, ip, user_agent, changes)
                values (
                    \(event.id), \(event.createdAt), \(event.originPersonID), \(event.userID), \(event.teamID),
                    \(event.origin.ip), \(event.origin.userAgent), \(try AuditEvent.encoded(event.personal))))
            \(sql: insertion)
            """)
    }

    func list(_ trail: AuditTrail, matching filter: AuditFilter, page: PageRequest) async throws -> Page<AuditEvent> {
        // The page first, then what is personal of its rows.
        try await runner.page(
            """
            select \(unescaped: AuditEvent.columns)
            from (
                select *
                from audit_events
                where \(sql: Self.isIn(trail)) \(sql: Self.matches(filter)) \(sql: page.afterCondition)
                \(sql: page.order)
            ) as event
            left join audit_personal_data as personal on personal.event_id = event.id
            order by event.created_at desc, event.id desc
            """, of: page, AuditEvent.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    /// ``AuditTrail/contains(_:)``.
    private static func isIn(_ trail: AuditTrail) -> SQL {
        switch trail {
        case .person(let id): "user_id = \(id)"
        case .team(let id): "team_id = \(id)"
        case .everything: "true"
        }
    }

    /// ``AuditFilter/matches(_:)``.
    private static func matches(_ filter: AuditFilter) -> SQL {
        let actor: SQL = filter.actor.map { "and actor_id = \($0)" } ?? ""
        let key: SQL = filter.key.map { "and actor_key_id = \($0)" } ?? ""
        let action: SQL = filter.action.map { "and action = \($0)" } ?? ""
        let from: SQL = filter.from.map { "and created_at >= \($0)" } ?? ""
        let to: SQL = filter.to.map { "and created_at < \($0)" } ?? ""
        return "\(sql: actor) \(sql: key) \(sql: action) \(sql: from) \(sql: to)"
    }

    // A trigger takes the salts with what they were for, and marks it as erased.
    func erase(_ person: ID<User>) async throws {
        let origin: SQL = """
            update audit_personal_data
            set ip = null, user_agent = null
            where event_id = any(array(
                select event_id
                from audit_personal_data
                where person_id = \(person) and (ip is not null or user_agent is not null)
                limit \(Self.erasedAtOnce)))
            """
        let values: SQL = """
            update audit_personal_data
            set changes = '{}'
            where event_id = any(array(
                select event_id
                from audit_personal_data
                where user_id = \(person) and changes <> '{}'
                limit \(Self.erasedAtOnce)))
            """
        for statement in [origin, values] {
            while try await runner.change(statement) == Self.erasedAtOnce {}
        }
    }
}
