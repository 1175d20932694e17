import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct RevokeOtherSessionsTests {
    @Test func `revoking the others keeps the current one`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let current = try await fixture.signIn()
        let others = [try await fixture.signIn(), try await fixture.signIn()]
        let principal = try await fixture.principal(current)
        #expect(try await fixture.accounts.revokeOtherSessions(by: principal, origin: .none) == 2)
        #expect(try await fixture.accounts.revokeOtherSessions(by: principal, origin: .none) == 0)
        _ = try await fixture.principal(current)
        for other in others {
            await #expect(throws: AuthError.sessionRevoked) { try await fixture.principal(other) }
        }
        let rows = try await fixture.audit(of: user.id).filter { $0.action == "session.revoked" }
        #expect(rows.count == 1)
        #expect(rows.first?.changes["count"] == "2")
        #expect(rows.first?.changes["kept"] == current.session.id.description)
    }
}
