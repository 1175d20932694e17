import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct CreateUserTests {
    @Test func `an account is opened without a password, and the person is told how to choose one`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let user = try await administered.create()
        #expect(try await fixture.store.users.find(user.id) == user)
        #expect(user.emailVerifiedAt == nil && !user.isSuperuser)
        #expect(try await fixture.passwordHash("new@example.com") == nil)
        let mail = try #require(try await fixture.mails().first)
        #expect((mail.kind, mail.to, mail.path) == (.accountCreated, "new@example.com", "/reset-password"))
        #expect(mail.values == ["hours": "24"])
        #expect(mail.kind.provesAddress)
        let row = try #require(try await administered.row("user.created", of: user.id))
        #expect(row.actorID == administered.administrator.user.id)
        #expect(row.origin == AccountsFixture.origin)
        #expect(try await fixture.actions(of: administered.administrator.user.id).first != "user.created")
    }

    @Test func `the link opens the account to whoever holds the address, once`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let user = try await administered.create()
        let token = try await fixture.mailedToken()
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn("new@example.com") }
        fixture.time.advance(by: .hours(24) - .seconds(1))
        try await fixture.accounts.resetPassword(token: token, password: AccountsFixture.password, origin: .none)
        #expect(try await fixture.signIn("new@example.com").user.emailVerifiedAt != nil)
        #expect(try await fixture.store.users.find(user.id)?.firstName == user.firstName)
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.resetPassword(token: token, password: AccountsFixture.wrong, origin: .none)
        }
    }

    @Test func `a link that came too late is asked for like any other`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        try await administered.create()
        let late = try await fixture.mailedToken()
        fixture.time.advance(by: .hours(24))
        await #expect(throws: AuthError.tokenExpired) {
            try await fixture.accounts.resetPassword(token: late, password: AccountsFixture.password, origin: .none)
        }
        try await fixture.accounts.requestPasswordReset(for: AccountsFixture.email("new@example.com"), origin: .none)
        try await fixture.accounts.resetPassword(
            token: fixture.mailedToken(), password: AccountsFixture.password, origin: .none)
        _ = try await fixture.signIn("new@example.com")
    }

    @Test func `a taken address is told, and nobody is mailed`() async throws {
        let administered = try await Administered()
        await #expect(throws: AuthError.emailTaken) { try await administered.create("ADA@example.com") }
        #expect(try await administered.fixture.mails().isEmpty)
        #expect(try await administered.row("user.created") == nil)
    }

    @Test func `of many who open it at once, one did`() async throws {
        let administered = try await Administered()
        let results = await race(20) { _ in try await administered.create() }
        #expect(results.successes().count == 1)
        #expect(results.failures(.emailTaken) == 19)
        #expect(try await administered.fixture.mails().count == 1)
    }
}
