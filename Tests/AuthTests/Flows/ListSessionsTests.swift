import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct ListSessionsTests {
    @Test func `a person sees their live sessions only, latest first, page by page`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        try await fixture.addUser("eve@example.com")
        _ = try await fixture.signIn("eve@example.com")
        var own: [SignInResult] = []
        for _ in 0..<4 {
            fixture.time.advance(by: .seconds(1))
            own.append(try await fixture.signIn())
        }
        let principal = try await fixture.principal(own[3])
        try await fixture.accounts.revokeSession(own[0].session.id, by: principal, origin: .none)
        let first = try await fixture.accounts.listSessions(of: principal, page: PageRequest(limit: 2))
        let rest = try await fixture.accounts.listSessions(
            of: principal, page: PageRequest(limit: 2, after: first.next))
        #expect((first.items + rest.items).map(\.id) == [3, 2, 1].map { own[$0].session.id })
        #expect(rest.next == nil)
    }
}
