import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct RevokeSessionTests {
    @Test func `a revoked session is dead at once, and revoking it again finds nothing`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let (one, other) = (try await fixture.signIn(), try await fixture.signIn())
        let principal = try await fixture.principal(one)
        try await fixture.accounts.revokeSession(other.session.id, by: principal, origin: AccountsFixture.origin)
        await #expect(throws: AuthError.sessionRevoked) { try await fixture.principal(other) }
        await #expect(throws: AuthError.notFound) {
            try await fixture.accounts.revokeSession(other.session.id, by: principal, origin: .none)
        }
        let rows = try await fixture.audit(of: user.id).filter { $0.action == "session.revoked" }
        #expect(rows.map(\.targetID) == [other.session.id.description])
        #expect(rows.first?.changes == ["reason": "revoked_by_user"])
    }

    @Test func `another person's session is not found and lives on`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        try await fixture.addUser("eve@example.com")
        let own = try await fixture.principal(fixture.signIn())
        let stranger = try await fixture.signIn("eve@example.com")
        await #expect(throws: AuthError.notFound) {
            try await fixture.accounts.revokeSession(stranger.session.id, by: own, origin: .none)
        }
        _ = try await fixture.principal(stranger)
    }
}
