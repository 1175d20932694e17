import Core
import Fakes
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth

struct AuditSealerTests {
    private func verify(_ fixture: AccountsFixture, _ chain: AuditChain? = nil) async throws -> AuditReport {
        try await AuditVerifier(database: fixture.database).verify(chain) { Issue.record("\($0)") }
    }

    @Test func `what people do is sealed into their chains, and what is in none yet is told`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        _ = try await fixture.signIn()
        await #expect(throws: AuthError.self) { try await fixture.signIn(password: AccountsFixture.wrong) }
        let sealer = AuditSealer(database: fixture.database, randomness: .seeded(3))
        let waiting = try await verify(fixture).waiting
        #expect(waiting > 0)
        #expect(try await sealer.sealWaiting() == waiting)
        #expect(try await sealer.sealWaiting() == 0)
        _ = try await fixture.signIn()
        let report = try await verify(fixture)
        #expect(report.events == waiting && report.waiting > 0 && report.faults == 0)
        #expect(try await verify(fixture, .user(user.id)).chains == 1)
        #expect(try await verify(fixture, .team(ID(high: 1, low: 1))) == AuditReport())
    }

    @Test func `a purged person's chain holds, before and after the purge is sealed`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let sealer = AuditSealer(database: fixture.database)
        _ = try await fixture.accounts.requestDeletion(
            of: fixture.signedInPrincipal(), origin: AccountsFixture.origin)
        try await sealer.sealWaiting()
        _ = try await fixture.signIn()
        fixture.time.advance(by: .days(14))
        #expect(try await fixture.accounts.purgeDue() == 1)
        let before = try await verify(fixture)
        #expect(before.erasedParts > 0 && before.waiting > 0)
        try await sealer.sealWaiting()
        let after = try await verify(fixture, .user(user.id))
        #expect(after.erasedParts == before.erasedParts && after.waiting == 0)
    }

    @Test(arguments: [1, 499, 500, 501, 1001])
    func `all that waits is sealed, in batches`(count: Int) async throws {
        let fixture = try await AccountsFixture()
        for number in 0..<count {
            try await fixture.store.auditLog.record(
                AuditEvent(
                    id: ID(high: 1, low: UInt64(number)), action: "a.b", actorID: nil, targetType: "t", targetID: nil,
                    origin: .none, createdAt: fixture.time.now))
        }
        let before = fixture.database.uses[0]
        #expect(try await AuditSealer(database: fixture.database).sealWaiting() == count)
        #expect(fixture.database.uses[0] - before == count / AuditSealer.batchSize + 1)
        let report = try await verify(fixture)
        #expect(report.events == count && report.waiting == 0)
    }

    @Test func `a turn that fails seals nothing twice and leaves nothing out`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let sealer = AuditSealer(database: fixture.database)
        let waiting = try await verify(fixture).waiting
        fixture.database.base.failNext(.unavailable(retryAfter: .seconds(1)))
        await #expect(throws: DatabaseError.unavailable(retryAfter: .seconds(1))) { try await sealer.sealWaiting() }
        // A serialization failure is tried again at once.
        fixture.database.base.failNext(.serializationFailure)
        #expect(try await sealer.sealWaiting() == waiting)
        #expect(try await verify(fixture).events == waiting)
    }
}
