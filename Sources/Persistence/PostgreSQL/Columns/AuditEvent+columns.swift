import Core
import Foundation
import PostgresClient

extension AuditEvent {
    /// What ``init(columns:)`` reads, in its order, of `event` and of `personal`, which may be missing.
    static let columns = """
        event.id, event.action, event.actor_id, event.actor_key_id, event.impersonator_id, event.user_id, \
        event.team_id, event.target_type, event.target_id, personal.ip, personal.user_agent, event.request_id, event.changes, \
        coalesce(personal.changes, '{}'), event.created_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            action: try columns.next(),
            actorID: try columns.next(),
            actorKeyID: try columns.next(),
            impersonatorID: try columns.next(),
            userID: try columns.next(),
            teamID: try columns.next(),
            targetType: try columns.next(),
            targetID: try columns.next(),
            origin: RequestOrigin(ip: try columns.next(), userAgent: try columns.next(), requestID: try columns.next()),
            changes: try Self.changes(try columns.next()),
            personal: try Self.changes(try columns.next()),
            createdAt: try columns.next())
    }

    /// Whether any of it lies apart.
    var hasPersonalData: Bool { origin.ip != nil || origin.userAgent != nil || !personal.isEmpty }

    /// ``changes`` or ``personal`` as they are stored.
    static func encoded(_ changes: [String: String]) throws -> PostgresJSON {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return PostgresJSON(bytes: Array(try encoder.encode(changes)))
    }

    private static func changes(_ json: PostgresJSON) throws(PostgresDecodingError) -> [String: String] {
        do {
            return try JSONDecoder().decode([String: String].self, from: Data(json.bytes))
        } catch {
            throw .malformed
        }
    }
}
