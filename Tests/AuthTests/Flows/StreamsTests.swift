import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct StreamsTests {
    @Test func `what a session keeps open goes on while it lives and its account is active`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let (own, other) = (try await fixture.signedInPrincipal(), try await fixture.signedInPrincipal())
        #expect(try await fixture.accounts.isLive(own))
        try await fixture.accounts.revokeOtherSessions(by: own, origin: .none)
        #expect(try await !fixture.accounts.isLive(other))
        #expect(try await fixture.accounts.isLive(own))
        try await fixture.change(user.id) {
            ($0.deletedAt, $0.purgeAt) = (fixture.time.now, fixture.time.now + .days(1))
        }
        #expect(try await !fixture.accounts.isLive(own))
        try await fixture.change(user.id) { ($0.deletedAt, $0.purgeAt, $0.suspendedAt) = (nil, nil, fixture.time.now) }
        #expect(try await !fixture.accounts.isLive(own))
        try await fixture.change(user.id) { $0.suspendedAt = nil }
        fixture.time.advance(by: .days(7))
        #expect(try await !fixture.accounts.isLive(own))
    }
}
