import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct ResendVerificationTests {
    @Test func `a waiting account gets a new mail with a new token`() async throws {
        let fixture = try await registered()
        let first = try await fixture.mailedToken()
        fixture.time.advance(by: .minutes(1))
        try await resend(fixture)
        #expect(try await fixture.mails().map(\.kind) == [.verifyEmail, .verifyEmail])
        let second = try await fixture.mailedToken()
        #expect(first != second)
        let user = try await fixture.accounts.verifyEmail(token: second, origin: .none)
        #expect(try await fixture.actions(of: user.id).contains("user.verification_requested"))
    }

    @Test func `one mail a minute and five an hour go out, and nothing shows it`() async throws {
        let fixture = try await registered()
        _ = await race(20) { _ in try await resend(fixture) }
        #expect(try await fixture.mails().count == 1)
        for _ in 0..<12 {
            fixture.time.advance(by: .minutes(1))
            try await resend(fixture)
        }
        #expect(try await fixture.mails().count == 5)
        fixture.time.advance(by: .hours(1))
        try await resend(fixture)
        #expect(try await fixture.mails().count == 6)
    }

    @Test func `an unknown, a proven and a waiting address take the same work`() async throws {
        var uses: [[Int]] = []
        for email in ["nobody@example.com", "proven@example.com", "ada@example.com"] {
            let fixture = try await registered()
            try await fixture.addUser("proven@example.com")
            fixture.time.advance(by: .minutes(1))
            let before = fixture.database.uses
            try await fixture.accounts.resendVerification(to: AccountsFixture.email(email), origin: .none)
            uses.append(zip(fixture.database.uses, before).map(-))
            #expect(try await fixture.mails().count == (email == "ada@example.com" ? 2 : 1))
        }
        #expect(Set(uses) == [[1, 1]])
    }

    @Test func `a suspended account gets none`() async throws {
        let fixture = try await registered()
        let user = try #require(try await fixture.store.users.find(emailKey: "ada@example.com"))
        try await fixture.change(user.id) { $0.suspendedAt = fixture.time.now }
        fixture.time.advance(by: .minutes(1))
        try await resend(fixture)
        #expect(try await fixture.mails().count == 1)
    }

    @Test func `an address to which mails came back is proven anew, and may be written to again`() async throws {
        let fixture = try await registered()
        _ = try await fixture.accounts.verifyEmail(token: try await fixture.mailedToken(), origin: .none)
        fixture.time.advance(by: .minutes(1))
        try await resend(fixture)
        #expect(try await fixture.mails().count == 1)
        try await fixture.store.mailSuppressions.record(
            MailSuppression(
                emailKey: "ada@example.com", reason: .bounce, detail: "550", occurredAt: fixture.time.now))
        fixture.time.advance(by: .minutes(1))
        try await resend(fixture)
        #expect(try await fixture.mails().count == 2)
        _ = try await fixture.accounts.verifyEmail(token: try await fixture.mailedToken(), origin: .none)
        #expect(try await fixture.store.mailSuppressions.find(emailKey: "ada@example.com") == nil)
    }

    private func registered() async throws -> AccountsFixture {
        let fixture = try await AccountsFixture()
        _ = try await fixture.accounts.register(
            AccountsFixture.registration(), password: AccountsFixture.password, origin: .none)
        return fixture
    }

    private func resend(_ fixture: AccountsFixture) async throws {
        try await fixture.accounts.resendVerification(to: AccountsFixture.email(), origin: AccountsFixture.origin)
    }
}
