import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct SignInByLinkTests {
    @Test func `the mailed token opens a session once`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let token = try await mailedLink(fixture)
        let result = try await signIn(fixture, token).signedIn()
        #expect(result.user.id == user.id)
        #expect(try await fixture.isLive(try await fixture.principal(result)))
        let created = try #require(try await fixture.audit(of: user.id).first { $0.action == "session.created" })
        #expect(created.changes["method"] == "link")
        await #expect(throws: AuthError.invalidToken) { try await signIn(fixture, token) }
        #expect(try await fixture.passwordHash() != nil)
    }

    @Test func `of thirty who bring the token at once one is signed in`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let token = try await mailedLink(fixture)
        let results = await race(30) { _ in try await signIn(fixture, token) }
        #expect(results.successes().count == 1)
        #expect(results.failures(.invalidToken) == 29)
        let live = try await fixture.store.sessions.list(of: user.id, liveAt: fixture.time.now, page: PageRequest())
        #expect(live.items.count == 1)
    }

    @Test func `it works for a quarter of an hour`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let token = try await mailedLink(fixture)
        fixture.time.advance(by: .minutes(15))
        await #expect(throws: AuthError.tokenExpired) { try await signIn(fixture, token) }
    }

    @Test func `an account never proven is its mailbox's from then on: password and sessions are gone`() async throws {
        let fixture = try await AccountsFixture(requiresVerifiedEmail: false)
        let opened = try await fixture.accounts.register(
            AccountsFixture.registration(), password: AccountsFixture.password, origin: .none)
        guard case .signedIn(let stranger) = opened else { throw SignInOutcome.Unexpected() }
        let before = try await fixture.principal(stranger)
        let token = try await mailedLink(fixture)
        let result = try await signIn(fixture, token).signedIn()
        #expect(result.user.emailVerifiedAt == fixture.time.now)
        #expect(try await fixture.passwordHash() == nil)
        #expect(try await !fixture.isLive(before))
        #expect(try await fixture.isLive(try await fixture.principal(result)))
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn() }
    }

    @Test func `a second factor is asked for all the same`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        try await fixture.change(user.id) { $0.hasSecondFactor = true }
        let token = try await mailedLink(fixture)
        #expect(try await signIn(fixture, token).request().factors == [.totp])
        #expect(try await fixture.actions(of: user.id).contains("session.created") == false)
    }

    @Test func `a suspended account is told so, by its own link only`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let token = try await mailedLink(fixture)
        try await fixture.change(user.id) { $0.suspendedAt = fixture.time.now }
        await #expect(throws: AuthError.accountSuspended) { try await signIn(fixture, token) }
        await #expect(throws: AuthError.invalidToken) { try await signIn(fixture, "x" + token.dropFirst()) }
    }

    private func mailedLink(_ fixture: AccountsFixture) async throws -> String {
        try await fixture.accounts.requestSignInLink(for: AccountsFixture.email(), origin: AccountsFixture.origin)
        return try await fixture.mailedToken()
    }

    private func signIn(_ fixture: AccountsFixture, _ token: String) async throws -> SignInOutcome {
        try await fixture.accounts.signIn(linkToken: token, on: .unknown, origin: AccountsFixture.origin)
    }
}
