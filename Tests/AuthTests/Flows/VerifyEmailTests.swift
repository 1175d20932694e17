import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct VerifyEmailTests {
    @Test func `the mailed token proves the address, after which one can sign in`() async throws {
        let (fixture, token) = try await registered()
        let user = try await fixture.accounts.verifyEmail(token: token, origin: AccountsFixture.origin)
        #expect(user.emailVerifiedAt == fixture.time.now)
        #expect(Set(try await fixture.actions(of: user.id)) == ["user.registered", "user.email_verified"])
        _ = try await fixture.signIn()
    }

    @Test func `twenty who bring the token at once find it good once`() async throws {
        let (fixture, token) = try await registered()
        let results = await race(20) { _ in try await fixture.accounts.verifyEmail(token: token, origin: .none) }
        #expect(results.successes().count == 1)
        #expect(results.failures(.invalidToken) == 19)
        let user = try #require(results.successes().first)
        #expect(try await fixture.actions(of: user.id).count { $0 == "user.email_verified" } == 1)
    }

    @Test func `a token works for a day, and then is told to be expired each time`() async throws {
        let (fixture, token) = try await registered()
        fixture.time.advance(by: .hours(24))
        for _ in 0..<2 {
            await #expect(throws: AuthError.tokenExpired) {
                try await fixture.accounts.verifyEmail(token: token, origin: .none)
            }
        }
        await #expect(throws: AuthError.emailNotVerified) { try await fixture.signIn() }
    }

    @Test func `every token of the address is spent with the first`() async throws {
        let (fixture, first) = try await registered()
        fixture.time.advance(by: .minutes(2))
        try await fixture.accounts.resendVerification(to: AccountsFixture.email(), origin: .none)
        let second = try await fixture.mailedToken()
        #expect(first != second)
        _ = try await fixture.accounts.verifyEmail(token: second, origin: .none)
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.verifyEmail(token: first, origin: .none)
        }
    }

    @Test func `a token mailed to a former address is worth nothing`() async throws {
        let (fixture, token) = try await registered()
        let user = try #require(try await fixture.store.users.find(emailKey: "ada@example.com"))
        try await fixture.change(user.id) { $0.email = AccountsFixture.email("new@example.com") }
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.verifyEmail(token: token, origin: .none)
        }
        #expect(try await fixture.store.users.find(user.id)?.emailVerifiedAt == nil)
    }

    @Test func `a token of another purpose is refused and stays`() async throws {
        let (fixture, _) = try await registered()
        let user = try #require(try await fixture.store.users.find(emailKey: "ada@example.com"))
        let hash = OneTimeTokens.hash(of: "reset")
        try await fixture.store.oneTimeTokens.insert(
            OneTimeToken(
                hash: hash, purpose: .resetPassword, userID: user.id, emailKey: user.email.key,
                createdAt: fixture.time.now, expiresAt: fixture.time.now + .minutes(30)))
        for text in ["reset", "", "unheard of"] {
            await #expect(throws: AuthError.invalidToken) {
                try await fixture.accounts.verifyEmail(token: text, origin: .none)
            }
        }
        #expect(try await fixture.store.oneTimeTokens.consume(hash: hash, purpose: .resetPassword) != nil)
    }

    private func registered() async throws -> (AccountsFixture, token: String) {
        let fixture = try await AccountsFixture()
        _ = try await fixture.accounts.register(
            AccountsFixture.registration(), password: AccountsFixture.password, origin: .none)
        return (fixture, try await fixture.mailedToken())
    }
}
