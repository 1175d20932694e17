import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct UpdateUserTests {
    private static let french = AccountChanges(
        profile: ProfileChanges(firstName: PersonName(stored: "Augusta"), language: .french))

    @Test func `a profile is changed, the log says by whom and why, and nobody is signed out`() async throws {
        let administered = try await Administered()
        let own = try await administered.fixture.signedInPrincipal()
        let updated = try await administered.update(Self.french)
        #expect((updated.firstName.text, updated.language) == ("Augusta", .french))
        #expect(updated.lastName == administered.person.lastName)
        #expect(try await administered.fixture.store.users.find(updated.id) == updated)
        let row = try #require(try await administered.row("user.updated"))
        #expect(row.actorID == administered.administrator.user.id)
        #expect(row.personal == ["first_name": "Augusta", "locale": "fr", "reason": Administered.reason])
        #expect(try await administered.fixture.isLive(own))
        #expect(try await administered.fixture.mails().isEmpty)
    }

    @Test func `what is the same changes nothing and leaves no row`() async throws {
        let administered = try await Administered()
        let first = try await administered.update(Self.french)
        administered.fixture.time.advance(by: .minutes(1))
        #expect(try await administered.update(Self.french) == first)
        #expect(try await administered.update(AccountChanges(isSuperuser: false)) == first)
        #expect(try await administered.fixture.actions(of: first.id).count { $0 == "user.updated" } == 1)
        #expect(try await administered.row("user.superuser_revoked") == nil)
    }

    @Test func `the right to administer is given: sessions end, the person is told, the log says it apart`()
        async throws
    {
        let administered = try await Administered()
        let fixture = administered.fixture
        let own = try await fixture.signedInPrincipal()
        let acting = try await administered.acting()
        let raised = try await administered.update(
            AccountChanges(profile: Self.french.profile, isSuperuser: true))
        #expect(raised.isSuperuser && raised.language == .french)
        let sessions = try (own.requireSession(), acting.requireSession())
        #expect(try await !administered.isLive(sessions.0))
        // Nobody acts as a superuser.
        #expect(try await !administered.isLive(sessions.1))
        #expect(try await fixture.isLive(administered.administrator))
        let row = try #require(try await administered.row("user.superuser_granted"))
        #expect((row.actorID, row.personal) == (administered.administrator.user.id, ["reason": Administered.reason]))
        #expect(try await administered.row("user.updated") != nil)
        let mail = try #require(try await fixture.mails().first)
        #expect((mail.kind, mail.to, mail.language) == (.superuserGranted, "ada@example.com", .french))
        #expect(try await fixture.notices(of: raised.id) == [.superuserGranted])
        // It takes a second factor to use it.
        let again = try await fixture.signedInPrincipal()
        await #expect(throws: AuthError.secondFactorRequired) { try await administered.create(by: again) }
    }

    @Test func `the right is taken: sessions end, and those in which the person acts as somebody else`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let other = try await Administered.administrator("other@example.com", in: fixture)
        let acting = try await administered.impersonate(by: other)
        let lowered = try await administered.update(AccountChanges(isSuperuser: false), of: other.user.id)
        #expect(!lowered.isSuperuser && lowered.hasSecondFactor)
        #expect(try await !fixture.isLive(other))
        #expect(try await !administered.isLive(acting.session))
        #expect(try await administered.row("user.superuser_revoked", of: other.user.id) != nil)
        #expect(try await fixture.notices(of: other.user.id) == [.superuserRevoked])
        #expect(try await fixture.mails().first?.kind == .superuserRevoked)
    }

    @Test func `the right goes to no account that is closed or was never proven`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let unproven = try await administered.create()
        let (suspended, leaving) = (
            try await fixture.addUser("suspended@example.com"), try await fixture.addUser("leaving@example.com")
        )
        try await administered.suspend(suspended.id)
        try await administered.delete(leaving.id)
        for id in [unproven.id, suspended.id, leaving.id] {
            await #expect(throws: AuthError.notFitForRight) {
                try await administered.update(AccountChanges(isSuperuser: true), of: id)
            }
            #expect(try await fixture.store.users.find(id)?.isSuperuser == false)
            #expect(try await administered.row("user.superuser_granted", of: id) == nil)
        }
    }

    @Test func `nobody changes an account that is another by now`() async throws {
        let administered = try await Administered()
        await #expect(throws: AuthError.preconditionFailed) {
            try await administered.update(Self.french) { _ in false }
        }
        await #expect(throws: AuthError.preconditionFailed) { try await administered.delete { _ in false } }
        #expect(try await administered.fixture.store.users.find(administered.person.id) == administered.person)
        let updated = try await administered.update(Self.french) { $0.user == administered.person }
        _ = try await administered.delete { $0.user == updated }
    }

    @Test func `of administrators who take each other's right at once, one is left`() async throws {
        for round in 0..<10 {
            let administered = try await Administered()
            let fixture = administered.fixture
            var circle = [administered.administrator]
            for index in 0...(round % 3) {
                circle.append(try await Administered.administrator("other\(index)@example.com", in: fixture))
            }
            let all = circle
            let results = await race(all.count) { index in
                try await administered.update(
                    AccountChanges(isSuperuser: false), of: all[(index + 1) % all.count].user.id, by: all[index])
            }
            var left = 0
            for principal in all where try await fixture.store.users.find(principal.user.id)?.isSuperuser == true {
                left += 1
                #expect(try await fixture.isLive(principal))
            }
            #expect(left >= 1)
            #expect(results.successes().count == all.count - left)
            #expect(results.failures(.sessionRevoked) == left)
        }
    }
}
