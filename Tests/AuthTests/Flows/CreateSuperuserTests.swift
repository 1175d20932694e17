import Core
import Persistence
import Testing

@testable import Auth

struct CreateSuperuserTests {
    @Test func `the command opens a superuser whose address counts as proven`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.accounts.createSuperuser(
            AccountsFixture.registration(), password: AccountsFixture.password)
        #expect(user.isSuperuser)
        #expect(try await fixture.signIn().user == user)
        let row = try #require(try await fixture.audit(of: user.id).last { $0.action == "user.created_by_command" })
        #expect(row.changes == ["is_superuser": "true"])
        #expect(row.origin == .none)
    }

    @Test func `the command never raises an account that is there`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        await #expect(throws: AuthError.emailTaken) {
            try await fixture.accounts.createSuperuser(
                AccountsFixture.registration(), password: "another-fine-secret-42")
        }
        #expect(try await fixture.store.users.find(user.id) == user)
    }

    @Test func `the command refuses a bad password`() async throws {
        let fixture = try await AccountsFixture()
        await #expect(throws: AuthError.passwordRejected([.tooShort(minimum: 12)])) {
            try await fixture.accounts.createSuperuser(AccountsFixture.registration(), password: "k7#wQz")
        }
    }
}
