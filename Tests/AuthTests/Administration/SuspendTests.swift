import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct SuspendTests {
    @Test func `a suspended account is closed at once, whatever it is used by`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let (session, other) = (try await fixture.signIn(), try await fixture.signedInPrincipal())
        let key = try await fixture.accounts.createAPIKey(
            of: other, name: "CI", scopes: Scopes([.usersRead]), expiresAt: nil, origin: .none)
        try await fixture.accounts.requestSignInLink(for: AccountsFixture.email(), origin: .none)
        let link = try await fixture.mailedToken()

        let suspended = try await administered.suspend()
        #expect(suspended.suspendedAt == fixture.time.now)
        #expect(try await fixture.store.users.find(suspended.id) == suspended)
        await #expect(throws: AuthError.sessionRevoked) { try await fixture.principal(session) }
        await #expect(throws: AuthError.sessionRevoked) {
            try await fixture.accounts.refreshSession(session.tokens.refreshToken, origin: .none)
        }
        #expect(try await !fixture.isLive(other))
        await #expect(throws: AuthError.accountSuspended) { try await fixture.signIn() }
        await #expect(throws: AuthError.accountSuspended) { try await fixture.accounts.authenticate(key.secret) }
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.signIn(linkToken: link, on: .unknown, origin: .none)
        }
        await #expect(throws: AuthError.accountSuspended) { try await administered.impersonate() }
        #expect(try await fixture.isLive(administered.administrator))
    }

    @Test func `the log of the person says who did it and why, the person is told without the reason`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        try await administered.suspend()
        let row = try #require(
            try await fixture.audit(of: administered.person.id).first { $0.action == "user.suspended" })
        #expect(row.actorID == administered.administrator.user.id)
        #expect(row.impersonatorID == nil)
        #expect((row.targetType, row.targetID ?? "") == ("user", administered.person.id.description))
        #expect(row.personal == ["reason": Administered.reason])
        #expect(row.origin == AccountsFixture.origin)
        let mail = try #require(try await fixture.mails().first)
        #expect((mail.kind, mail.to) == (.accountSuspended, "ada@example.com"))
        #expect(mail.values.isEmpty && mail.unsubscribePath == nil)
        let notification = try #require(try await notifications(administered).first)
        #expect(notification.kind == .accountSuspended)
        #expect(notification.path == nil)
        #expect(!notification.body.contains(Administered.reason))
    }

    @Test func `suspending twice changes nothing more`() async throws {
        let administered = try await Administered()
        let first = try await administered.suspend()
        administered.fixture.time.advance(by: .minutes(1))
        #expect(try await administered.suspend(reason: "again") == first)
        #expect(try await administered.fixture.actions(of: first.id).count { $0 == "user.suspended" } == 1)
        #expect(try await administered.fixture.mails().count == 1)
    }

    @Test func `of many who suspend at once, one did`() async throws {
        let administered = try await Administered()
        let results = await race(20) { _ in try await administered.suspend() }
        #expect(results.successes().count == 20)
        #expect(Set(results.successes().map(\.version)).count == 1)
        let actions = try await administered.fixture.actions(of: administered.person.id)
        #expect(actions.count { $0 == "user.suspended" } == 1)
    }

    @Test func `an account that was opened again is used as before, by new sessions`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let old = try await fixture.signIn()
        let key = try await fixture.accounts.createAPIKey(
            of: fixture.principal(old), name: "CI", scopes: Scopes([.usersRead]), expiresAt: nil, origin: .none)
        try await administered.suspend()
        let opened = try await administered.unsuspend(reason: "It was a mistake")
        #expect(opened.suspendedAt == nil)
        await #expect(throws: AuthError.sessionRevoked) { try await fixture.principal(old) }
        _ = try await fixture.principal(fixture.signIn())
        #expect(try await fixture.accounts.authenticate(key.secret).user == opened)
        let row = try #require(try await fixture.audit(of: opened.id).first { $0.action == "user.unsuspended" })
        #expect(row.actorID == administered.administrator.user.id)
        #expect(row.personal == ["reason": "It was a mistake"])
        #expect(try await fixture.mails().first { $0.kind == .accountReactivated }?.path == "/login")
        #expect(try await notifications(administered).contains { $0.kind == .accountReactivated })

        #expect(try await administered.unsuspend() == opened)
        #expect(try await fixture.actions(of: opened.id).count { $0 == "user.unsuspended" } == 1)
    }

    @Test func `a suspended administrator acts upon nobody, nor in anybody's name`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let other = try await Administered.administrator("other@example.com", in: fixture)
        let acting = try await administered.principal(administered.impersonate(by: other))
        let another = try await administered.acting()
        try await administered.suspend(other.user.id)
        #expect(try await !fixture.isLive(other))
        #expect(try await !fixture.isLive(acting))
        #expect(try await fixture.isLive(another))
        await #expect(throws: AuthError.sessionRevoked) { try await administered.suspend(by: other) }
    }

    @Test func `of two administrators who suspend each other at once, one is left`() async throws {
        for _ in 0..<10 {
            let administered = try await Administered()
            let other = try await Administered.administrator("other@example.com", in: administered.fixture)
            let pair = [administered.administrator, other]
            let results = await race(2) { index in
                try await administered.suspend(pair[1 - index].user.id, by: pair[index])
            }
            #expect(results.successes().count == 1)
            #expect(results.failures(.sessionRevoked) == 1)
        }
    }

    @Test func `no refresh and no sign-in at the same time outlives a suspension`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        var sessions: [SignInResult] = []
        for _ in 0..<20 { sessions.append(try await fixture.signIn(origin: AccountsFixture.origin(sessions.count))) }
        let results = await race(41) { [sessions] index in
            switch index {
            case 20: try await administered.suspend()
            case ..<20:
                _ = try await fixture.accounts.refreshSession(sessions[index].tokens.refreshToken, origin: .none)
            default: _ = try await fixture.signIn(origin: AccountsFixture.origin(index))
            }
        }
        #expect(
            results.successes().count + results.failures(.sessionRevoked) + results.failures(.accountSuspended) == 41)
        let page = PageRequest(limit: 100)
        #expect(
            try await fixture.store.sessions.list(
                of: administered.person.id, liveAt: fixture.time.now, page: page
            ).items.isEmpty)
    }

    private func notifications(_ administered: Administered) async throws -> [UserNotification] {
        try await administered.fixture.store.notifications.list(
            of: administered.person.id, page: PageRequest()
        ).items
    }
}
