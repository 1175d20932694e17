import Core
import DatabaseSupport
import Fakes
import Persistence
import PostgresClient
import Testing

@testable import PersistencePostgreSQL

struct AuditPartitionTests {
    private let partitions: SQL = """
        select tableoid::regclass::text from audit_events order by created_at
        """

    private func event(at time: Timestamp) -> AuditEvent {
        AuditEvent(
            id: .make(at: time, randomness: .seeded(UInt64(bitPattern: time.microseconds))), action: "user.created",
            actorID: nil, userID: ID(high: 1, low: 1), targetType: "user", targetID: nil, origin: .none,
            createdAt: time)
    }

    @Test func `migrating makes this month and three more`() async throws {
        try await withDatabase { client, _ in
            let made = try await client.query(
                """
                select relname::text from pg_class
                where relispartition and relkind = 'r' and relname <> 'audit_events_default' order by 1
                """
            ).column(String.self)
            #expect(
                made == [
                    "audit_events_2026_01", "audit_events_2026_02", "audit_events_2026_03", "audit_events_2026_04",
                ])
        }
    }

    @Test func `months are made once, whoever asks`() async throws {
        try await withDatabase { _, database in
            let time = TestDatabase.migratedAt + .days(40)
            let made = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await database.ensureAuditPartitions(at: time) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(made.sorted() == [0, 0, 0, 1])
        }
    }

    @Test func `an event of a month without a partition is kept, and moved when its month is made`() async throws {
        try await withDatabase { client, database in
            let far = TestDatabase.migratedAt + .days(200)
            let events = [far, TestDatabase.migratedAt, far - .days(400)].map(event)
            for event in events { try await database.scoped(.system).auditLog.record(event) }
            #expect(
                try await client.query(partitions).column()
                    == ["audit_events_default", "audit_events_2026_01", "audit_events_default"])
            #expect(try await database.ensureAuditPartitions(at: far) == 4)
            #expect(
                try await client.query(partitions).column()
                    == ["audit_events_default", "audit_events_2026_01", "audit_events_2026_07"])
            let page = try await database.scoped(.system).auditLog.list(
                ofUser: ID(high: 1, low: 1), page: PageRequest())
            #expect(page.items == events)
        }
    }
}
