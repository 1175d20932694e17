import Core
import PostgresClient

extension Session {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        sessions.id, sessions.user_id, sessions.impersonator_id, sessions.device_name, sessions.user_agent, \
        sessions.ip, sessions.created_at, sessions.last_seen_at, sessions.authenticated_at, \
        sessions.idle_expires_at, sessions.expires_at, sessions.revoked_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(),
            userID: try columns.next(),
            impersonatorID: try columns.next(),
            deviceName: try columns.next(),
            userAgent: try columns.next(),
            ip: try columns.next(),
            createdAt: try columns.next(),
            lastSeenAt: try columns.next(),
            authenticatedAt: try columns.next(),
            idleExpiresAt: try columns.next(),
            expiresAt: try columns.next(),
            revokedAt: try columns.next())
    }
}

extension RefreshState {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        sessions.refresh_hash, sessions.refresh_generation, sessions.parent_hash, sessions.sealed_successor, \
        sessions.rotated_at
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            hash: try columns.next(),
            generation: try columns.next(),
            parentHash: try columns.next(),
            sealedSuccessor: try columns.next(),
            rotatedAt: try columns.next())
    }
}
