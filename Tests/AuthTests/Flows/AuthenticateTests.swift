import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct AuthenticateTests {
    @Test func `claims become the person and the session in one use of the database`() async throws {
        let (fixture, result) = try await signedIn()
        let before = fixture.database.uses
        let principal = try await fixture.principal(result)
        #expect(zip(fixture.database.uses, before).map(-) == [0, 1])
        #expect(principal.user == result.user)
        #expect(try principal.requireSession() == result.session)
        #expect(!principal.isPendingDeletion)
    }

    @Test func `a session that is gone, or another person's, authenticates nobody`() async throws {
        let (fixture, result) = try await signedIn()
        let stranger = try await fixture.addUser("eve@example.com")
        let ids: [(ID<User>, ID<Session>)] = [
            (stranger.id, result.session.id), (result.user.id, .make(at: fixture.time.now, randomness: .seeded(9))),
        ]
        for (user, session) in ids {
            await #expect(throws: AuthError.unauthenticated) {
                try await fixture.accounts.authenticate(
                    AccessClaims(
                        userID: user, sessionID: session, issuedAt: fixture.time.now, expiresAt: fixture.time.now))
            }
        }
    }

    @Test func `a session past its time is expired`() async throws {
        let (fixture, result) = try await signedIn()
        fixture.time.advance(by: .days(7))
        await #expect(throws: AuthError.sessionExpired) { try await fixture.principal(result) }
    }

    @Test func `a suspension shuts a live session`() async throws {
        let (fixture, result) = try await signedIn()
        try await fixture.change(result.user.id) { $0.suspendedAt = fixture.time.now }
        await #expect(throws: AuthError.accountSuspended) { try await fixture.principal(result) }
    }

    @Test func `an account on its way to deletion is marked, and gone when its time is over`() async throws {
        let (fixture, result) = try await signedIn()
        try await fixture.change(result.user.id) {
            $0.deletedAt = fixture.time.now
            $0.purgeAt = fixture.time.now + .days(1)
        }
        let principal = try await fixture.principal(result)
        #expect(principal.isPendingDeletion)
        #expect(throws: AuthError.accountPendingDeletion) { try principal.requireActive() }
        fixture.time.advance(by: .days(1))
        await #expect(throws: AuthError.unauthenticated) { try await fixture.principal(result) }
    }

    @Test func `the last use is written at most every five minutes`() async throws {
        let (fixture, result) = try await signedIn()
        fixture.time.advance(by: .minutes(5))
        #expect(try await !fixture.principal(result).needsTouch)
        fixture.time.advance(by: .microseconds(1))
        let principal = try await fixture.principal(result)
        #expect(principal.needsTouch)
        try await fixture.accounts.touch(principal)
        let touched = try await fixture.principal(result)
        #expect(try touched.requireSession().lastSeenAt == fixture.time.now)
        #expect(!touched.needsTouch)
    }

    private func signedIn() async throws -> (AccountsFixture, SignInResult) {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        return (fixture, try await fixture.signIn())
    }
}
