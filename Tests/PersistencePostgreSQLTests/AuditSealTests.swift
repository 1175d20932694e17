import Core
import DatabaseSupport
import Persistence
import PostgresClient
import Testing

@testable import PersistencePostgreSQL

/// What the contracts can't say: how the sealer gets along with the rest of PostgreSQL.
struct AuditSealTests {
    private let person = ID<User>(high: 1, low: 1)
    private let sealing = AuditSealing(
        hashing: AuditHashing { bytes in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return (0..<32).map { UInt8(truncatingIfNeeded: (hash &* (UInt64($0 / 8) + 1)) >> (8 * UInt64($0 % 8))) }
        }, randomness: .system)

    private func event(_ number: UInt64, of user: ID<User>?, at time: Timestamp = TestDatabase.migratedAt) -> AuditEvent
    {
        AuditEvent(
            id: ID(high: 9, low: number), action: "user.updated", actorID: user, userID: user, targetType: "user",
            targetID: nil, origin: RequestOrigin(ip: "192.0.2.1"), changes: ["a": "b"], personal: ["name": "Ada"],
            createdAt: time)
    }

    private func seal(_ database: PostgresDatabase) async throws -> WaitingAuditEvents? {
        try await database.transaction(.system) { store in
            guard let waiting = try await store.auditSeals.takeWaiting(limit: 100) else { return nil }
            try await store.auditSeals.append(sealing.seal(waiting.events, after: waiting.heads))
            return waiting
        }
    }

    private func sealed(_ database: PostgresDatabase) async throws -> [UInt64] {
        try await database.scoped(.system).auditSeals.entries(of: nil, after: nil, limit: 100).map(\.seal.eventID.low)
    }

    @Test func `while one seals another has not the turn, and no event is lost by it`() async throws {
        try await withDatabase { _, database async throws in
            try await database.scoped(.system).auditLog.record(event(1, of: person))
            try await database.transaction(.system) { store in
                #expect(try await store.auditSeals.takeWaiting(limit: 100)?.events.count == 1)
                // Another connection, in no unit of work.
                let other = database.scoped(.system).auditSeals
                let hasTurn = try await Task.detached { try await other.takeWaiting(limit: 100) != nil }.value
                #expect(!hasTurn)
            }
            #expect(try await sealed(database) == [])
            #expect(try await seal(database)?.events.count == 1)
            #expect(try await sealed(database) == [1])
        }
    }

    @Test func `an erasure that is under way holds up nobody, and is sealed when it is done`() async throws {
        try await withDatabase { _, database async throws in
            let log = database.scoped(.system).auditLog
            try await log.record(event(1, of: person))
            try await log.record(event(2, of: ID(high: 1, low: 2)))
            try await database.transaction(.system) { store in
                try await store.auditLog.erase(person)
                let meanwhile = try await Task.detached { try await seal(database)?.events.map(\.event.id.low) }.value
                #expect(meanwhile == [2])
            }
            #expect(try await seal(database)?.events.map(\.event.id.low) == [1])
            let entries = try await database.scoped(.system).auditSeals.entries(of: .user(person), after: nil, limit: 9)
            #expect(entries.map(\.seal.parts) == [AuditParts(both: .erased)])
        }
    }

    @Test func `what the application empties, of whatever release, is erased with its salt; what others empty is not`()
        async throws
    {
        try await TestDatabase.withMigrated { url async throws in
            let database = PostgresDatabase(configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
            defer { database.client.shutdown() }
            for number: UInt64 in 1...3 {
                try await database.scoped(.system).auditLog.record(event(number, of: person))
            }
            _ = try await seal(database)
            let (first, second) = (ID<AuditEvent>(high: 9, low: 1), ID<AuditEvent>(high: 9, low: 2))
            _ = try await database.client.batch(
                [
                    "update audit_personal_data set ip = null, user_agent = null where event_id = \(first)",
                    "update audit_personal_data set changes = '{}' where event_id = \(second)",
                ], access: .write)
            try await TestDatabase.administer(url) { session in
                _ = try await session.query(
                    """
                    update audit_personal_data set ip = null, user_agent = null, changes = '{}'
                    where event_id = \(ID<AuditEvent>(high: 9, low: 3))
                    """)
            }
            let records: [AuditParts<AuditPartRecord>] = try await database.scoped(.system).auditSeals
                .entries(of: nil, after: nil, limit: 9)
                .compactMap { if case .kept(let kept) = $0.content { kept.records } else { nil } }
            #expect(records.map(\.origin.isErased) == [true, false, false])
            #expect(records.map { $0.origin.salt == nil } == [true, false, false])
            #expect(records.map(\.personal.isErased) == [false, true, false])
            #expect(records.map { $0.personal.salt == nil } == [false, true, false])
        }
    }

    @Test func `an event that can't be read waits on, and so does no other`() async throws {
        try await withDatabase { client, database async throws in
            let log = database.scoped(.system).auditLog
            try await log.record(event(2, of: person))
            _ = try await client.query(
                """
                insert into audit_events (created_at, id, action, target_type, changes)
                values (\(TestDatabase.migratedAt), \(ID<AuditEvent>(high: 9, low: 1)), 'a.b', 't', '{"a": 1}')
                """)
            // Times that the application can't have.
            for time in ["infinity", "-infinity", "9999-01-01"] {
                _ = try await client.query(
                    """
                    insert into audit_events (created_at, id, action, target_type, changes)
                    values (\(time)::text::timestamptz, \(ID<AuditEvent>(high: 9, low: 3)), 'a.b', 't', '{}')
                    """)
            }
            let waiting = try await seal(database)
            #expect(waiting?.events.map(\.event.id.low) == [2] && waiting?.unreadable == 1)
            #expect(try await sealed(database) == [2])
            #expect(try await database.scoped(.system).auditSeals.waiting(after: nil, limit: 9).count == 4)
        }
    }

    @Test func `an event that is put among those that wait once more is not sealed again`() async throws {
        try await TestDatabase.withMigrated { url async throws in
            let database = PostgresDatabase(configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
            defer { database.client.shutdown() }
            try await database.scoped(.system).auditLog.record(event(1, of: person))
            _ = try await seal(database)
            try await TestDatabase.administer(url) { session in
                try await session.script("insert into audit_queue select created_at, id from audit_events")
            }
            #expect(try await seal(database)?.events.isEmpty == true)
            #expect(try await sealed(database) == [1])
        }
    }

    @Test func `an event waits in whatever scope and partition it is recorded, also when its month is made`()
        async throws
    {
        try await withDatabase { _, database async throws in
            let far = TestDatabase.migratedAt + .days(200)
            try await database.scoped(.user(person)).auditLog.record(event(1, of: person, at: far))
            try await database.scoped(.system).auditLog.record(event(2, of: nil))
            try await database.ensureAuditPartitions(at: far)
            try await database.scoped(.system).auditLog.record(event(3, of: nil, at: far))
            #expect(try await database.scoped(.system).auditSeals.waiting(after: nil, limit: 9).count == 3)
            #expect(try await seal(database)?.events.count == 3)
        }
    }

    @Test func `what was recorded before there were chains waits as well, and what was purged is known`() async throws {
        try await TestDatabase.withEmpty { url async throws in
            let before = Migration.all.prefix { $0.id < Migration.auditSeals.id }
            func migrator(_ migrations: [Migration]) -> Migrator {
                Migrator(
                    configuration: TestDatabase.configuration(url), time: TimeSource { TestDatabase.migratedAt },
                    logger: TestDatabase.logger, migrations: migrations)
            }
            try await migrator(Array(before)).migrate()
            let client = PostgresClient(configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
            defer { client.shutdown() }
            let (now, first) = (TestDatabase.migratedAt, ID<AuditEvent>(high: 9, low: 1))
            _ = try await client.batch([
                """
                insert into users (
                    id, email, email_key, first_name, last_name, locale, time_zone, is_superuser, mfa_enabled,
                    created_at, updated_at, version, deleted_at, purge_at, purged_at)
                values (
                    \(person), 'a@purged.invalid', 'a@purged.invalid', 'A', 'B', 'en', 'UTC', false, false, \(now),
                    \(now), 1, \(now), \(now), \(now))
                """,
                """
                insert into audit_events (created_at, id, action, actor_id, user_id, target_type, changes)
                values
                    (\(now), \(first), 'a.b', \(person), \(person), 't', '{}'),
                    (\(now), \(ID<AuditEvent>(high: 9, low: 2)), 'a.b', \(person), \(person), 't', '{}')
                """,
                """
                insert into audit_personal_data (event_id, created_at, person_id, user_id, changes)
                values (\(first), \(now), \(person), \(person), '{}')
                """,
            ])
            try await migrator(Migration.all).migrate()
            let database = PostgresDatabase(configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
            defer { database.client.shutdown() }
            #expect(try await seal(database)?.events.count == 2)
            let entries = try await database.scoped(.system).auditSeals.entries(of: nil, after: nil, limit: 9)
            #expect(entries.map(\.seal.parts) == [AuditParts(both: .erased), AuditParts(both: .none)])
        }
    }
}
