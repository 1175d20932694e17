import Auth
import Core
import DatabaseSupport
import Persistence
import PersistencePostgreSQL
import Testing

/// What the owner of the database does to the log behind the application's back is found, and where.
struct AuditTamperingTests {
    @Test func `a log that nobody touched holds`() async throws {
        try await SealedLog.with { log async throws in
            try await log.record(10)
            let (report, faults, heads) = try await log.verify()
            #expect(faults == [])
            #expect(heads.map(\.sequence) == [2, 3, 4])
            #expect(report == AuditReport(chains: 3, events: 9, waiting: 1))
        }
    }

    @Test func `one chain is verified alone`() async throws {
        try await SealedLog.with { log async throws in
            try await log.tamper("delete from audit_events where team_id is not null")
            let (report, faults, heads) = try await log.verify(SealedLog.chain)
            #expect(faults == [] && report.chains == 1 && report.events == 4 && heads.map(\.chain) == [SealedLog.chain])
            #expect(try await log.verify().faults.map(\.kind) == Array(repeating: .eventMissing, count: 3))
        }
    }

    @Test(arguments: Tampering.all)
    func `it is found that`(tampering: Tampering) async throws {
        try await SealedLog.with { log async throws in
            try await log.tamper(tampering.script)
            let (report, faults, _) = try await log.verify()
            #expect(faults == tampering.faults)
            #expect(report.faults == tampering.faults.count)
        }
    }

    @Test func `an erased person leaves a log that holds, also what was not sealed yet`() async throws {
        try await SealedLog.with { log async throws in
            try await log.tamper("delete from audit_seals; delete from audit_heads; delete from audit_queue")
            try await log.tamper(
                "insert into audit_queue select created_at, id from audit_events where target_id <> '4'")
            #expect(try await log.seal() == 8)
            try await log.tamper(
                "insert into audit_queue select created_at, id from audit_events where target_id = '4'")
            try await log.database.scoped(.system).auditLog.erase(SealedLog.person)
            #expect(try await log.seal() == 1)
            let (report, faults, _) = try await log.verify()
            #expect(faults == [] && report.events == 9 && report.erasedParts == 6)
        }
    }

    @Test func `a chain that is written anew as a whole holds, and is told by a head that was noted`() async throws {
        try await SealedLog.with { log async throws in
            let noted = try await log.verify().heads
            let verifier = AuditVerifier(database: log.database)
            #expect(try await verifier.compare(noted) { _ in } == 0)
            try await log.record(10)
            try await log.seal()
            #expect(try await verifier.compare(noted) { _ in } == 0)
            try await log.tamper(
                """
                update audit_events set action = 'user.created' where id = '\(SealedLog.id(2))';
                delete from audit_seals where scope = 'user';
                delete from audit_heads where scope = 'user';
                update audit_personal_data set origin_salt = null, personal_salt = null;
                insert into audit_queue
                select created_at, id from audit_events where user_id is not null and team_id is null
                """)
            try await log.seal()
            #expect(try await log.verify().faults == [])
            var faults: [AuditFault] = []
            #expect(try await verifier.compare(noted) { faults.append($0) } == 1)
            #expect(faults == [AuditFault(.differsFromNoted, chain: SealedLog.chain, sequence: 4)])
        }
    }

    @Test func `a seal that breaks off in the middle leaves everything waiting`() async throws {
        try await SealedLog.with { log async throws in
            for number in 10...12 { try await log.record(UInt64(number)) }
            // The last statement of the batch fails.
            try await log.tamper("revoke delete on audit_queue from plinth_system")
            await #expect(throws: DatabaseError.unexpected(code: "42501")) { try await log.seal() }
            #expect(try await log.verify().report.waiting == 3)
            #expect(try await log.verify().report.events == 9)
            try await log.tamper("grant delete on audit_queue to plinth_system")
            #expect(try await log.seal() == 3)
            let (report, faults, _) = try await log.verify()
            #expect(faults == [] && report.events == 12 && report.waiting == 0)
        }
    }

    @Test func `more than a batch is sealed in one turn, and walked page by page`() async throws {
        try await SealedLog.with { log async throws in
            try await log.tamper(
                """
                insert into audit_events (created_at, id, action, user_id, target_type, changes)
                select '2026-01-02', gen_random_uuid(), 'a.b', '\(SealedLog.person)', 't', '{}'
                from generate_series(1, 1234)
                """)
            #expect(try await log.seal() == 1234)
            let (report, faults, heads) = try await log.verify()
            #expect(faults == [] && report.events == 1243 && heads.map(\.sequence) == [2, 3, 1238])
        }
    }
}
