import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct DeleteUserTests {
    @Test func `an account is deleted in 14 days, the person is told by whom but not why`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let own = try await fixture.signedInPrincipal()
        try await fixture.accounts.requestSignInLink(for: AccountsFixture.email(), origin: .none)
        let link = try await fixture.mailedToken()
        fixture.time.advance(by: .seconds(1))
        let purgeAt = try await administered.delete()
        #expect(purgeAt == fixture.time.now + .days(14))
        let user = try #require(try await fixture.store.users.find(administered.person.id))
        #expect((user.deletedAt, user.purgeAt) == (fixture.time.now, purgeAt))
        #expect(try await !fixture.isLive(own))
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.signIn(linkToken: link, on: .unknown, origin: .none)
        }
        let mail = try #require(try await fixture.mails().first)
        #expect((mail.kind, mail.to) == (.deletionScheduled, "ada@example.com"))
        #expect(mail.values == ["date": String(purgeAt.description.prefix(10))])
        #expect(try await fixture.notices(of: user.id).first == .deletionScheduled)
        let row = try #require(try await administered.row("user.deletion_requested"))
        #expect(row.actorID == administered.administrator.user.id)
        #expect(row.changes == ["purge_at": purgeAt.description])
        #expect(row.personal == ["reason": Administered.reason])
    }

    @Test func `the person can come back, and is purged otherwise`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        try await administered.delete()
        let restored = try await fixture.accounts.restore(fixture.signedInPrincipal(), origin: .none)
        #expect(restored.isActive)
        try await administered.delete()
        fixture.time.advance(by: .days(14))
        #expect(try await fixture.accounts.purgeDue() == 1)
        let root = try await fixture.signInOutcome("root@example.com").request()
        #expect(!root.token.isEmpty)
    }

    @Test func `asking again keeps the time, and tells nobody twice`() async throws {
        let administered = try await Administered()
        let first = try await administered.delete()
        administered.fixture.time.advance(by: .minutes(1))
        #expect(try await administered.delete() == first)
        #expect(try await administered.delete { _ in false } == first)
        #expect(try await administered.fixture.mails().count == 1)
        let actions = try await administered.fixture.actions(of: administered.person.id)
        #expect(actions.count { $0 == "user.deletion_requested" } == 1)
    }

    @Test func `of many who ask at once, one did`() async throws {
        let administered = try await Administered()
        let results = await race(20) { _ in try await administered.delete() }
        #expect(Set(results.successes()).count == 1 && results.successes().count == 20)
        #expect(try await administered.fixture.mails().count == 1)
    }
}
