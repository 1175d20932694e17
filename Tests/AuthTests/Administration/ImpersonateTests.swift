import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct ImpersonateTests {
    @Test func `an administrator acts in a person's name for an hour, and the log says why`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let (person, administrator) = (administered.person, administered.administrator.user.id)
        let begun = try await administered.impersonate()
        #expect(begun.user == person)
        #expect((begun.session.userID, begun.session.impersonatorID) == (person.id, administrator))
        #expect(begun.session.expiresAt == fixture.time.now + .hours(1))
        #expect(begun.session.ip == AccountsFixture.origin.ip)
        #expect(try await fixture.store.sessions.authenticate(begun.session.id)?.session == begun.session)
        let acting = try await administered.principal(begun)
        #expect(acting.user == person)
        #expect(acting.impersonatorID == administrator)
        #expect(administered.administrator.impersonatorID == nil)

        let row = try #require(try await fixture.audit(of: person.id).first { $0.action == "user.impersonated" })
        #expect((row.actorID, row.impersonatorID) == (administrator, nil))
        #expect((row.targetType, row.targetID ?? "") == ("user", person.id.description))
        #expect(row.changes == ["session": begun.session.id.description])
        #expect(row.personal == ["reason": Administered.reason])
        #expect("\(begun.tokens)" == "TokenPair(redacted)")
    }

    @Test func `another superuser is nobody to act as, nor is an account that can't be used`() async throws {
        let administered = try await Administered()
        let other = try await Administered.administrator("other@example.com", in: administered.fixture)
        let time = administered.fixture.time.now
        let leaving = try await administered.fixture.addUser("leaving@example.com")
        try await administered.fixture.change(leaving.id) { ($0.deletedAt, $0.purgeAt) = (time, time + .days(14)) }
        let suspended = try await administered.fixture.addUser("suspended@example.com")
        try await administered.suspend(suspended.id)
        for (id, error) in [
            (other.user.id, AuthError.forbidden), (leaving.id, .accountPendingDeletion),
            (suspended.id, .accountSuspended),
        ] {
            await #expect(throws: error) { try await administered.impersonate(id) }
            #expect(try await !administered.fixture.actions(of: id).contains("user.impersonated"))
        }
    }

    @Test func `a refresh goes on within the hour and never beyond`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let begun = try await administered.impersonate()
        fixture.time.advance(by: .minutes(59))
        let next = try await fixture.accounts.refreshSession(begun.tokens.refreshToken, origin: .none)
        #expect(next.session.impersonatorID == administered.administrator.user.id)
        #expect(next.session.expiresAt == begun.session.expiresAt)
        _ = try await administered.principal(begun)
        fixture.time.advance(by: .minutes(1))
        await #expect(throws: AuthError.sessionExpired) { try await administered.principal(begun) }
        await #expect(throws: AuthError.sessionExpired) {
            try await fixture.accounts.refreshSession(next.tokens.refreshToken, origin: .none)
        }
    }

    @Test func `it is no device of the person's: nothing is told of it, and the first own one is no news`() async throws
    {
        let administered = try await Administered()
        let fixture = administered.fixture
        try await administered.impersonate()
        _ = try await fixture.signIn()
        func notified() async throws -> [NotificationKind] {
            try await fixture.store.notifications.list(of: administered.person.id, page: PageRequest()).items
                .map(\.kind)
        }
        #expect(try await fixture.mails().isEmpty)
        #expect(try await notified().isEmpty)
        // The second is.
        try await administered.impersonate()
        _ = try await fixture.signIn()
        #expect(try await notified() == [.newSignIn])
    }

    @Test func `the person sees the session and ends it`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let own = try await fixture.signedInPrincipal()
        let begun = try await administered.impersonate()
        let listed = try await fixture.accounts.listSessions(of: own, page: PageRequest()).items
        #expect(listed.contains(begun.session))
        try await fixture.accounts.revokeSession(begun.session.id, by: own, origin: .none)
        await #expect(throws: AuthError.sessionRevoked) { try await administered.principal(begun) }
        #expect(try await fixture.isLive(administered.administrator))
        let another = try await administered.impersonate()
        try await fixture.accounts.signOut(own, scope: .others, origin: .none)
        #expect(try await !administered.isLive(another.session))
    }

    @Test func `ended, it is over, and the administrator's own session goes on`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let acting = try await administered.acting()
        for _ in 0..<2 { try await fixture.accounts.endImpersonation(by: acting, origin: AccountsFixture.origin) }
        await #expect(throws: AuthError.sessionRevoked) { try await administered.readAgain(acting) }
        #expect(try await fixture.isLive(administered.administrator))
        let rows = try await fixture.audit(of: administered.person.id).filter { $0.action == "session.revoked" }
        #expect(rows.count == 1)
        #expect(rows.first?.actorID == administered.person.id)
        #expect(rows.first?.impersonatorID == administered.administrator.user.id)
        #expect(rows.first?.changes == ["reason": "impersonation_ended"])
        await #expect(throws: AuthError.notFound) {
            try await fixture.accounts.endImpersonation(by: administered.administrator, origin: .none)
        }
        #expect(try await fixture.isLive(administered.administrator))
    }

    private static let endings: [(name: String, end: @Sendable (Administered) async throws -> Void)] = [
        ("a sign-out", { try await $0.fixture.accounts.signOut($0.administrator, origin: .none) }),
        (
            "a sign-out elsewhere",
            { try await $0.fixture.accounts.signOut($0.administrator, scope: .others, origin: .none) }
        ),
        (
            "a sign-out everywhere",
            { try await $0.fixture.accounts.signOut($0.administrator, scope: .global, origin: .none) }
        ),
        (
            "the end of one device",
            { administered in
                let device = try await administered.fixture.accounts.admitted("root@example.com", administered)
                try await administered.fixture.accounts.revokeSession(
                    device.id, by: administered.administrator, origin: .none)
            }
        ),
        (
            "another password",
            {
                try await $0.fixture.accounts.changePassword(
                    of: $0.administrator, from: AccountsFixture.password, to: "violet-harbour-minute-44", origin: .none)
            }
        ),
        (
            "no second factor",
            { try await $0.fixture.accounts.removeAuthenticator(of: $0.administrator, origin: .none) }
        ),
        (
            "a suspension",
            { administered in
                let other = try await Administered.administrator("other@example.com", in: administered.fixture)
                try await administered.suspend(administered.administrator.user.id, by: other)
            }
        ),
        (
            "a refresh token that came again",
            { administered in
                let device = try await administered.fixture.accounts.admittedTokens("root@example.com", administered)
                let next = try await administered.fixture.accounts.refreshSession(device, origin: .none)
                _ = try await administered.fixture.accounts.refreshSession(next.tokens.refreshToken, origin: .none)
                await #expect(throws: AuthError.refreshReused) {
                    try await administered.fixture.accounts.refreshSession(device, origin: .none)
                }
            }
        ),
    ]

    @Test(arguments: endings.map(\.name)) func `with the administrator's access it ends by`(name: String) async throws {
        let end = try #require(Self.endings.first { $0.name == name }?.end)
        let administered = try await Administered()
        let another = try await Administered.administrator("another@example.com", in: administered.fixture)
        let begun = try await administered.impersonate()
        let others = try await administered.impersonate(by: another)
        let own = try await administered.fixture.signedInPrincipal()
        try await end(administered)
        await #expect(throws: AuthError.sessionRevoked) { try await administered.principal(begun) }
        #expect(try await administered.isLive(others.session))
        #expect(try await administered.fixture.isLive(own))
    }

    @Test func `none begins while the administrator's access ends, and outlives it`() async throws {
        for scope in [SignOutScope.local, .global] {
            for _ in 0..<5 {
                let administered = try await Administered()
                let results = await race(21) { index -> Session? in
                    guard index == 10 else { return try await administered.impersonate().session }
                    try await administered.fixture.accounts.signOut(
                        administered.administrator, scope: scope, origin: .none)
                    return nil
                }
                #expect(results.successes().count + results.failures(.sessionRevoked) == 21)
                for session in results.successes().compactMap({ $0 }) {
                    #expect(try await !administered.isLive(session))
                }
            }
        }
    }
}

extension Accounts {
    /// Another session of an administrator, who gave both factors.
    fileprivate func admitted(_ email: String, _ administered: Administered) async throws -> Session {
        try await opened(email, administered).session
    }

    fileprivate func admittedTokens(_ email: String, _ administered: Administered) async throws -> String {
        try await opened(email, administered).tokens.refreshToken
    }

    private func opened(_ email: String, _ administered: Administered) async throws -> SignInResult {
        let entry = SignInEntry(method: .totp, deviceName: nil, device: nil, origin: .none, mayMail: false)
        return try await database.transaction(.system, repetition: .allowed) { store in
            let user = try #require(try await store.users.find(administered.administrator.user.id))
            return try await openSession(of: user, by: entry, in: store, at: time.now())
        }
    }
}
