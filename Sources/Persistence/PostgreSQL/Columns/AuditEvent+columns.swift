import Core
import Foundation
import PostgresClient

extension AuditEvent {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        id, action, actor_id, impersonator_id, user_id, team_id, target_type, target_id, ip, user_agent, request_id, \
        changes, created_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            action: try columns.next(),
            actorID: try columns.next(),
            impersonatorID: try columns.next(),
            userID: try columns.next(),
            teamID: try columns.next(),
            targetType: try columns.next(),
            targetID: try columns.next(),
            origin: RequestOrigin(ip: try columns.next(), userAgent: try columns.next(), requestID: try columns.next()),
            changes: try Self.changes(try columns.next()),
            createdAt: try columns.next())
    }

    /// ``changes`` as they are stored.
    var encodedChanges: PostgresJSON {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            return PostgresJSON(bytes: Array(try encoder.encode(changes)))
        }
    }

    private static func changes(_ json: PostgresJSON) throws(PostgresDecodingError) -> [String: String] {
        do {
            return try JSONDecoder().decode([String: String].self, from: Data(json.bytes))
        } catch {
            throw .malformed
        }
    }
}
