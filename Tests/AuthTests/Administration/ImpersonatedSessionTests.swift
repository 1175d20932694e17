import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// What is done in a person's name, and what is not.
struct ImpersonatedSessionTests {
    private typealias Act = @Sendable (Accounts, Principal) async throws -> Void

    private static let refused: [(name: String, act: Act)] = [
        ("an authenticator app", { _ = try await $0.startAuthenticator(of: $1, origin: .none) }),
        ("a first code", { _ = try await $0.confirmAuthenticator(of: $1, code: "123456", origin: .none) }),
        ("no second factor", { try await $0.removeAuthenticator(of: $1, origin: .none) }),
        ("other recovery codes", { _ = try await $0.replaceRecoveryCodes(of: $1, origin: .none) }),
        (
            "an API key",
            {
                _ = try await $0.createAPIKey(
                    of: $1, name: "CI", scopes: Scopes([.usersRead]), expiresAt: nil, origin: .none)
            }
        ),
        ("one API key less", { try await $0.removeAPIKey(ID(high: 1, low: 1), of: $1, origin: .none) }),
        ("a passkey", { _ = try await $0.startPasskey(of: $1) }),
        ("one passkey less", { try await $0.removePasskey(ID(high: 1, low: 1), of: $1, origin: .none) }),
        ("one provider less", { try await $0.removeIdentity(ID(high: 1, low: 1), of: $1, origin: .none) }),
        (
            "another address",
            { try await $0.requestEmailChange(of: $1, to: AccountsFixture.email("new@example.com"), origin: .none) }
        ),
        (
            "another password",
            {
                try await $0.changePassword(
                    of: $1, from: AccountsFixture.password, to: "violet-harbour-minute-44", origin: .none)
            }
        ),
        (
            "a password where there is none",
            { try await $0.changePassword(of: $1, from: nil, to: "violet-harbour-minute-44", origin: .none) }
        ),
        (
            "step-up by password",
            { _ = try await $0.reauthenticate($1, password: AccountsFixture.password, origin: .none) }
        ),
        ("step-up by a code", { _ = try await $0.reauthenticate($1, by: .code("123456"), origin: .none) }),
        ("no other sessions", { _ = try await $0.revokeOtherSessions(by: $1, origin: .none) }),
        ("no other sessions, signed out", { try await $0.signOut($1, scope: .others, origin: .none) }),
        ("no sessions", { try await $0.signOut($1, scope: .global, origin: .none) }),
    ]

    @Test(arguments: refused.map(\.name)) func `nobody gives a person`(name: String) async throws {
        let act = try #require(Self.refused.first { $0.name == name }?.act)
        let administered = try await Administered()
        let fixture = administered.fixture
        let own = try await fixture.signedInPrincipal()
        let acting = try await administered.acting()
        let rows = try await fixture.audit(of: administered.person.id)
        await #expect(throws: AuthError.impersonating) { try await act(fixture.accounts, acting) }
        #expect(try await fixture.audit(of: administered.person.id) == rows)
        #expect(try await fixture.store.users.find(administered.person.id) == administered.person)
        #expect(try await fixture.mails().isEmpty)
        #expect(try await fixture.isLive(own))
        #expect(try await fixture.isLive(acting))
    }

    @Test func `another session of the person stays, the acting one ends as any other`() async throws {
        let administered = try await Administered()
        let fixture = administered.fixture
        let own = try await fixture.signedInPrincipal()
        let acting = try await administered.acting()
        await #expect(throws: AuthError.impersonating) {
            try await fixture.accounts.revokeSession(own.requireSession().id, by: acting, origin: .none)
        }
        try await fixture.accounts.revokeSession(acting.requireSession().id, by: acting, origin: .none)
        #expect(try await fixture.isLive(own))
        #expect(try await !fixture.isLive(acting))
        try await expectBothNamed(administered, "session.revoked")
    }

    @Test func `the profile is read and changed, and the log names both`() async throws {
        let administered = try await Administered()
        let acting = try await administered.acting()
        _ = try await administered.fixture.accounts.listSessions(of: acting, page: PageRequest())
        _ = try await administered.fixture.accounts.listAPIKeys(of: acting, page: PageRequest())
        _ = try await administered.fixture.accounts.secondFactorState(of: acting)
        let changed = try await administered.fixture.accounts.updateProfile(
            ProfileChanges(language: .french), of: acting, origin: .none)
        #expect(changed.language == .french)
        try await expectBothNamed(administered, "user.updated")
    }

    @Test func `a sign-out names both, by whichever token it comes`() async throws {
        let administered = try await Administered()
        try await administered.fixture.accounts.signOut(administered.acting(), origin: .none)
        try await expectBothNamed(administered, "session.revoked")
        let begun = try await administered.impersonate()
        administered.fixture.time.advance(by: .seconds(1))
        try await administered.fixture.accounts.signOut(refreshToken: begun.tokens.refreshToken, origin: .none)
        #expect(try await !administered.isLive(begun.session))
        try await expectBothNamed(administered, "session.revoked")
    }

    @Test func `no session in another's name is fresh, whoever asks`() async throws {
        let administered = try await Administered()
        let acting = try await administered.acting()
        #expect(throws: AuthError.impersonating) { try acting.requireFresh(at: administered.fixture.time.now) }
        #expect(throws: AuthError.impersonating) { try acting.requireOwnSession() }
        let session = try acting.requireSession()
        #expect(session.authenticatedAt + Lifetimes.privilegedWindow <= administered.fixture.time.now)
    }

    @Test func `every act that leaves a row of a principal leaves both`() async throws {
        let administered = try await Administered()
        let acting = try await administered.acting()
        let accounts = administered.fixture.accounts
        let row = accounts.audit(by: acting, origin: .none, at: administered.fixture.time.now)
            .event(user: acting.user.id, .userUpdated)
        #expect(row.actorID == administered.person.id)
        #expect(row.impersonatorID == administered.administrator.user.id)
        #expect(row.userID == administered.person.id)
    }

    /// The latest row of this action in the person's log.
    private func expectBothNamed(_ administered: Administered, _ action: String) async throws {
        let rows = try await administered.fixture.audit(of: administered.person.id)
        let row = try #require(rows.first { $0.action == action })
        #expect(row.actorID == administered.person.id)
        #expect(row.impersonatorID == administered.administrator.user.id)
    }
}
