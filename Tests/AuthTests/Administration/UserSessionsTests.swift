import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct UserSessionsTests {
    @Test func `an administrator sees where somebody is signed in`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let ended = try await fixture.signedInPrincipal()
        try await fixture.accounts.signOut(ended, origin: .none)
        let session = try await fixture.signIn().session
        let page = try await fixture.accounts.listSessions(
            of: administered.person.id, by: administered.administrator, page: PageRequest())
        #expect(page.items == [session])
        await #expect(throws: AuthError.notFound) {
            try await fixture.accounts.listSessions(
                of: ID(high: 1, low: 1), by: administered.administrator, page: PageRequest())
        }
    }

    @Test func `somebody is signed out everywhere, told so, and may come back`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let (one, other) = (try await fixture.signedInPrincipal(), try await fixture.signedInPrincipal())
        let acting = try await administered.impersonate()
        fixture.time.advance(by: .seconds(1))
        #expect(try await administered.endSessions() == 3)
        for session in try [one.requireSession(), other.requireSession(), acting.session] {
            #expect(try await !administered.isLive(session))
        }
        #expect(try await fixture.isLive(administered.administrator))
        let row = try #require(try await administered.row("session.revoked"))
        #expect(row.actorID == administered.administrator.user.id)
        #expect(row.changes == ["reason": "revoked_by_admin", "count": "3"])
        #expect(row.personal == ["reason": Administered.reason])
        #expect(try await fixture.mails().first?.kind == .sessionsEnded)
        #expect(try await fixture.notices(of: administered.person.id).first == .sessionsEnded)
        _ = try await fixture.signIn()
    }

    @Test func `whoever is signed in nowhere hears of nothing`() async throws {
        let administered = try await Administered()
        #expect(try await administered.endSessions() == 0)
        #expect(try await administered.row("session.revoked") == nil)
        #expect(try await administered.fixture.mails().isEmpty)
    }
}
