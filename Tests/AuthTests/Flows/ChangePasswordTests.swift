import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct ChangePasswordTests {
    private static let new = "violet-harbour-minute-44"

    @Test func `the right password is replaced, the own session lives and the others end`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let (own, other) = (try await fixture.signedInPrincipal(), try await fixture.signedInPrincipal())
        try await change(fixture, own)
        #expect(try await fixture.passwordHash() == "fake$1$\(Self.new)")
        #expect(try await fixture.isLive(own))
        #expect(try await !fixture.isLive(other))
        #expect(try await fixture.actions(of: own.user.id).contains("user.password_changed"))
        #expect(try await fixture.mails().contains { $0.kind == .passwordChanged })
    }

    @Test func `a wrong password changes nothing, ten of them make one wait, and sign-in goes on`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        for _ in 0..<10 {
            await #expect(throws: AuthError.invalidCredentials) {
                try await change(fixture, own, from: AccountsFixture.wrong)
            }
        }
        await #expect(throws: AuthError.throttled(retryAfter: .minutes(1))) { try await change(fixture, own) }
        await #expect(throws: AuthError.throttled(retryAfter: .minutes(1))) {
            try await fixture.accounts.reauthenticate(own, password: AccountsFixture.password, origin: .none)
        }
        _ = try await fixture.signIn()
        fixture.time.advance(by: .minutes(1))
        try await change(fixture, own)
    }

    @Test func `an account without a password gets one from a fresh session only`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        try await fixture.store.users.setPasswordHash(of: user.id, to: nil)
        fixture.time.advance(by: .minutes(15))
        await #expect(throws: AuthError.reauthenticationRequired) { try await change(fixture, own, from: nil) }
        let fresh = Principal(
            user: own.user, session: try await renewed(own, fixture))
        try await change(fixture, fresh, from: nil)
        #expect(try await fixture.passwordHash() == "fake$1$\(Self.new)")
    }

    @Test func `a missing password does for no account that has one`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        await #expect(throws: AuthError.invalidCredentials) { try await change(fixture, own, from: nil) }
    }

    @Test func `beside a second factor eight characters will do`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        await #expect(throws: AuthError.passwordRejected([.tooShort(minimum: 12)])) {
            try await change(fixture, own, to: "vrx2-k9w")
        }
        try await fixture.change(user.id) { $0.hasSecondFactor = true }
        let withFactor = try await fixture.accounts.authenticate(
            AccessClaims(
                userID: user.id, sessionID: try own.requireSession().id, issuedAt: fixture.time.now,
                expiresAt: fixture.time.now))
        await #expect(throws: AuthError.passwordRejected([.tooShort(minimum: 8)])) {
            try await change(fixture, withFactor, to: "vrx2-k9")
        }
        try await change(fixture, withFactor, to: "vrx2-k9w")
    }

    @Test func `of two changes at once from the same password, one takes effect`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        let results = await race(20) { index in
            try await change(fixture, own, to: "violet-harbour-minute-\(index)")
        }
        #expect(results.successes().count == 1)
        #expect(results.failures(.invalidCredentials) + results.failures(.throttled(retryAfter: .minutes(1))) == 19)
        #expect(try await fixture.actions(of: own.user.id).count { $0 == "user.password_changed" } == 1)
    }

    private func change(
        _ fixture: AccountsFixture, _ principal: Principal, from current: String? = AccountsFixture.password,
        to password: String = new
    ) async throws {
        try await fixture.accounts.changePassword(
            of: principal, from: current, to: password, origin: AccountsFixture.origin)
    }

    private func renewed(_ principal: Principal, _ fixture: AccountsFixture) async throws -> Session {
        _ = try await fixture.store.sessions.renewAuthentication(
            principal.requireSession().id, of: principal.user.id, at: fixture.time.now)
        return try #require(try await fixture.store.sessions.authenticate(principal.requireSession().id)?.session)
    }
}
