import Core
import Persistence
import Testing

@testable import Auth

struct SeedDemoTests {
    @Test func `the demonstration's account is opened once and can sign in`() async throws {
        let fixture = try await AccountsFixture()
        let results = await race(5) { _ in try await fixture.accounts.seedDemo() }.successes()
        #expect(results.count == 5)
        #expect(results.count { $0.isNew } == 1)
        #expect(Set(results.map(\.user.id)).count == 1)
        #expect(try await fixture.accounts.seedDemo().isNew == false)
        let signedIn = try await fixture.signIn(DemoAccount.email.text, password: DemoAccount.password)
        #expect(signedIn.user.id == results.first?.user.id)
        #expect(!signedIn.user.isSuperuser)
        let registration = DemoAccount.registration
        #expect(
            PasswordPolicy().check(DemoAccount.password, context: [registration.email.text, "Dana", "Demo"]).isEmpty)
    }
}
