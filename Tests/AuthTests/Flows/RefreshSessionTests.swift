import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct RefreshSessionTests {
    @Test func `a token is exchanged once for the next pair and the idle time starts anew`() async throws {
        let (fixture, first) = try await signedIn()
        fixture.time.advance(by: .days(6))
        let second = try await refresh(fixture, first.tokens.refreshToken)
        #expect(second.session.id == first.session.id)
        #expect(second.session.idleExpiresAt == fixture.time.now + .days(7))
        #expect(second.tokens.refreshToken != first.tokens.refreshToken)
        #expect(RefreshToken(second.tokens.refreshToken)?.generation == 1)
        _ = try await refresh(fixture, second.tokens.refreshToken)
    }

    @Test func `of fifty refreshes at once with one token all get the one successor`() async throws {
        let (fixture, first) = try await signedIn()
        let results = await race(50) { _ in try await refresh(fixture, first.tokens.refreshToken) }
        let tokens = Set(results.successes().map(\.tokens.refreshToken))
        #expect(results.successes().count == 50)
        #expect(tokens.count == 1)
        let state = try #require(try await fixture.store.sessions.refreshState(of: first.session.id))
        #expect(state.refresh.generation == 1)
        #expect(state.refresh.hash == tokens.first.flatMap { RefreshToken($0) }?.hash)
        #expect(state.session.isLive(at: fixture.time.now))
    }

    @Test func `the parent gets the same successor for thirty seconds`() async throws {
        let (fixture, first) = try await signedIn()
        let second = try await refresh(fixture, first.tokens.refreshToken)
        fixture.time.advance(by: .seconds(30))
        let again = try await refresh(fixture, first.tokens.refreshToken)
        #expect(again.tokens.refreshToken == second.tokens.refreshToken)
        fixture.time.advance(by: .microseconds(1))
        await #expect(throws: AuthError.refreshReused) { try await refresh(fixture, first.tokens.refreshToken) }
    }

    @Test func `the parent is reuse as soon as its successor was used`() async throws {
        let (fixture, first) = try await signedIn()
        let second = try await refresh(fixture, first.tokens.refreshToken)
        _ = try await refresh(fixture, second.tokens.refreshToken)
        await #expect(throws: AuthError.refreshReused) { try await refresh(fixture, first.tokens.refreshToken) }
    }

    @Test func `reuse ends the whole session, is audited, and the person is mailed once`() async throws {
        let (fixture, first) = try await signedIn()
        let second = try await refresh(fixture, first.tokens.refreshToken)
        let third = try await refresh(fixture, second.tokens.refreshToken)
        fixture.time.advance(by: .seconds(1))
        let results = await race(20) { _ in try await refresh(fixture, first.tokens.refreshToken) }
        #expect(results.successes().isEmpty)
        #expect(results.failures(.refreshReused) + results.failures(.sessionRevoked) == 20)
        #expect(results.failures(.refreshReused) >= 1)
        await #expect(throws: AuthError.sessionRevoked) { try await refresh(fixture, third.tokens.refreshToken) }
        await #expect(throws: AuthError.sessionRevoked) { try await fixture.principal(first) }
        let events = try await fixture.audit(of: first.user.id).filter { $0.action == "session.reuse_detected" }
        #expect(events.count == 1)
        #expect(events.first?.targetID == first.session.id.description)
        #expect(events.first?.actorID == nil)
        let mails = try await fixture.mails()
        #expect(mails.map(\.kind) == [.refreshTokenReused])
        #expect(mails.first?.to == "ada@example.com")
    }

    @Test func `reuse ends only the session whose token it was`() async throws {
        let (fixture, first) = try await signedIn()
        let other = try await fixture.signIn()
        let second = try await refresh(fixture, first.tokens.refreshToken)
        _ = try await refresh(fixture, second.tokens.refreshToken)
        await #expect(throws: AuthError.refreshReused) { try await refresh(fixture, first.tokens.refreshToken) }
        _ = try await fixture.principal(other)
    }

    @Test func `a session ends after seven days without use`() async throws {
        let (fixture, first) = try await signedIn()
        fixture.time.advance(by: .days(7))
        await #expect(throws: AuthError.sessionExpired) { try await refresh(fixture, first.tokens.refreshToken) }
    }

    @Test func `a session ends after thirty days however often it is used`() async throws {
        let (fixture, first) = try await signedIn()
        var token = first.tokens.refreshToken
        for _ in 0..<5 {
            fixture.time.advance(by: .days(6) - .seconds(1))
            token = try await refresh(fixture, token).tokens.refreshToken
        }
        fixture.time.advance(by: .seconds(5))
        await #expect(throws: AuthError.sessionExpired) { try await refresh(fixture, token) }
    }

    @Test func `a session that was signed out is told so, and its token harms nothing more`() async throws {
        let (fixture, first) = try await signedIn()
        try await fixture.accounts.signOut(fixture.principal(first), origin: .none)
        await #expect(throws: AuthError.sessionRevoked) { try await refresh(fixture, first.tokens.refreshToken) }
        #expect(try await fixture.mails().isEmpty)
    }

    @Test func `a text that is no token of ours never reaches the database`() async throws {
        let (fixture, first) = try await signedIn()
        let stranger = try MasterKeys(hexadecimal: [AccountsFixture.masterKey(99)])
        let forged = RefreshToken.make(
            session: first.session.id, generation: 0, keys: stranger, randomness: .seeded(5))
        let uses = fixture.database.uses
        for text in ["", "plr_", "plr_AAAA", forged.text, first.tokens.refreshToken + "A", first.tokens.accessToken] {
            await #expect(throws: AuthError.refreshInvalid) { try await refresh(fixture, text) }
        }
        #expect(fixture.database.uses == uses)
        _ = try await refresh(fixture, first.tokens.refreshToken)
    }

    @Test func `an authentic token of a session that is gone is invalid`() async throws {
        let (fixture, _) = try await signedIn()
        let orphan = RefreshToken.make(
            session: .make(at: fixture.time.now, randomness: .seeded(8)), generation: 0, keys: fixture.keys,
            randomness: .seeded(9))
        await #expect(throws: AuthError.refreshInvalid) { try await refresh(fixture, orphan.text) }
    }

    private func signedIn() async throws -> (AccountsFixture, SignInResult) {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        return (fixture, try await fixture.signIn())
    }

    @discardableResult
    private func refresh(_ fixture: AccountsFixture, _ token: String) async throws -> RefreshResult {
        try await fixture.accounts.refreshSession(token, origin: AccountsFixture.origin)
    }
}
