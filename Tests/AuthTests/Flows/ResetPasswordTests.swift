import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct ResetPasswordTests {
    private static let new = "violet-harbour-minute-44"

    @Test func `the mailed token sets another password, and ends all sessions and links`() async throws {
        let (fixture, user) = try await known()
        let session = try await fixture.signedInPrincipal()
        try await fixture.accounts.requestSignInLink(for: AccountsFixture.email(), origin: .none)
        let link = try await fixture.mailedToken()
        let token = try await mailedReset(fixture)
        try await reset(fixture, token)
        #expect(try await fixture.passwordHash() == "fake$1$\(Self.new)")
        #expect(try await !fixture.isLive(session))
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.signIn(linkToken: link, on: .unknown, origin: .none)
        }
        await #expect(throws: AuthError.invalidToken) { try await reset(fixture, token) }
        #expect(try await fixture.mails().contains { $0.kind == .passwordChanged })
        let actions = try await fixture.actions(of: user.id)
        #expect(actions.contains("user.password_reset_requested") && actions.contains("user.password_reset"))
        _ = try await fixture.signIn(password: Self.new)
    }

    @Test func `of thirty who bring the token at once one sets the password`() async throws {
        let (fixture, user) = try await known()
        let token = try await mailedReset(fixture)
        let results = await race(30) { _ in try await reset(fixture, token) }
        #expect(results.successes().count == 1)
        #expect(results.failures(.invalidToken) == 29)
        #expect(try await fixture.actions(of: user.id).count { $0 == "user.password_reset" } == 1)
    }

    @Test func `it works for half an hour, and a refused password leaves it good`() async throws {
        let (fixture, _) = try await known()
        let token = try await mailedReset(fixture)
        let hashes = fixture.hashing.hashes
        await #expect(throws: AuthError.passwordRejected([.tooShort(minimum: 12)])) {
            try await reset(fixture, token, to: "vrx2-k9")
        }
        #expect(fixture.hashing.hashes == hashes)
        fixture.time.advance(by: .minutes(30) - .microseconds(1))
        try await reset(fixture, token)
        let late = try await mailedReset(fixture)
        fixture.time.advance(by: .minutes(30))
        for _ in 0..<2 { await #expect(throws: AuthError.tokenExpired) { try await reset(fixture, late) } }
    }

    @Test func `a token mailed to a former address is worth nothing`() async throws {
        let (fixture, user) = try await known()
        let token = try await mailedReset(fixture)
        try await fixture.change(user.id) { $0.email = AccountsFixture.email("new@example.com") }
        await #expect(throws: AuthError.invalidToken) { try await reset(fixture, token) }
    }

    @Test func `it lets a locked out owner in, and leaves the second factor on`() async throws {
        let (fixture, user) = try await known()
        try await fixture.change(user.id) { $0.hasSecondFactor = true }
        for _ in 0..<12 { _ = try? await fixture.signIn(password: AccountsFixture.wrong) }
        try await reset(fixture, try await mailedReset(fixture))
        #expect(try await fixture.store.users.find(user.id)?.hasSecondFactor == true)
        _ = try await fixture.signInOutcome(password: Self.new).request()
    }

    @Test func `it proves the address, and takes from an account never proven what a stranger may have added`()
        async throws
    {
        let fixture = try await AccountsFixture(requiresVerifiedEmail: false)
        let opened = try await fixture.accounts.register(
            AccountsFixture.registration(), password: AccountsFixture.password, origin: .none)
        guard case .signedIn(let stranger) = opened else { throw SignInOutcome.Unexpected() }
        let principal = try await fixture.principal(stranger)
        let key = try await fixture.accounts.createAPIKey(
            of: principal, name: "Mine", scopes: Scopes([.usersRead]), expiresAt: nil, origin: .none)
        let user = try await fixture.change(stranger.user.id) { $0.hasSecondFactor = true }
        try await reset(fixture, try await mailedReset(fixture))
        let after = try #require(try await fixture.store.users.find(user.id))
        #expect(after.emailVerifiedAt == fixture.time.now)
        #expect(!after.hasSecondFactor)
        await #expect(throws: AuthError.unauthenticated) { try await fixture.accounts.authenticate(key.secret) }
        _ = try await fixture.signIn(password: Self.new)
    }

    @Test func `a suspended account gets no link, and one mailed before does nothing`() async throws {
        let (fixture, user) = try await known()
        let token = try await mailedReset(fixture)
        try await fixture.change(user.id) { $0.suspendedAt = fixture.time.now }
        await #expect(throws: AuthError.accountSuspended) { try await reset(fixture, token) }
        let mails = try await fixture.mails().count
        fixture.time.advance(by: .minutes(2))
        try await fixture.accounts.requestPasswordReset(for: AccountsFixture.email(), origin: .none)
        #expect(try await fixture.mails().count == mails)
    }

    @Test func `known, unknown and suspended addresses take the same work`() async throws {
        var uses: [[Int]] = []
        for email in ["nobody@example.com", "ada@example.com", "sue@example.com"] {
            let (fixture, _) = try await known()
            let suspended = try await fixture.addUser("sue@example.com")
            try await fixture.change(suspended.id) { $0.suspendedAt = fixture.time.now }
            for request in [fixture.accounts.requestPasswordReset, fixture.accounts.requestSignInLink] {
                let before = fixture.database.uses
                try await request(AccountsFixture.email(email), .none, nil)
                uses.append(zip(fixture.database.uses, before).map(-))
            }
            #expect(try await fixture.mails().count == (email == "ada@example.com" ? 2 : 0))
        }
        #expect(Set(uses) == [[1, 1]])
    }

    private func known() async throws -> (AccountsFixture, User) {
        let fixture = try await AccountsFixture()
        return (fixture, try await fixture.addUser())
    }

    private func mailedReset(_ fixture: AccountsFixture) async throws -> String {
        fixture.time.advance(by: .minutes(1))
        try await fixture.accounts.requestPasswordReset(for: AccountsFixture.email(), origin: AccountsFixture.origin)
        return try await fixture.mailedToken()
    }

    private func reset(_ fixture: AccountsFixture, _ token: String, to password: String = new) async throws {
        try await fixture.accounts.resetPassword(token: token, password: password, origin: AccountsFixture.origin)
    }
}
