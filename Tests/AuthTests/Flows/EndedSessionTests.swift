import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// Nothing is added to an account through a session that ended after it was looked at.
struct EndedSessionTests {
    private static let acts: [(name: String, act: @Sendable (AccountsFixture, Principal) async throws -> Void)] = [
        (
            "an API key",
            { fixture, principal in
                _ = try await fixture.accounts.createAPIKey(
                    of: principal, name: "CI", scopes: Scopes([.usersRead]), expiresAt: nil, origin: .none)
            }
        ),
        (
            "another address",
            { fixture, principal in
                try await fixture.accounts.requestEmailChange(
                    of: principal, to: AccountsFixture.email("new@example.com"), origin: .none)
            }
        ),
        (
            "another password",
            {
                try await $0.accounts.changePassword(
                    of: $1, from: AccountsFixture.password, to: "violet-harbour-minute-44", origin: .none)
            }
        ),
        (
            "no second factor",
            { try await $0.accounts.removeAuthenticator(of: $1, origin: .none) }
        ),
        (
            "other recovery codes",
            { _ = try await $0.accounts.replaceRecoveryCodes(of: $1, origin: .none) }
        ),
        (
            "one account at a provider less",
            { try await $0.accounts.removeIdentity(ID(high: 1, low: 1), of: $1, origin: .none) }
        ),
        (
            "one passkey less",
            { try await $0.accounts.removePasskey(ID(high: 1, low: 1), of: $1, origin: .none) }
        ),
    ]

    @Test(arguments: acts.map(\.name)) func `whose session has ended gets`(name: String) async throws {
        let act = try #require(Self.acts.first { $0.name == name }?.act)
        let enrolled = try await Enrolled()
        let fixture = enrolled.fixture
        try await fixture.accounts.signOut(enrolled.own, scope: .global, origin: .none)
        await #expect(throws: AuthError.sessionRevoked) { try await act(fixture, enrolled.own) }
        #expect(try await fixture.store.apiKeys.count(of: enrolled.own.user.id) == 0)
        #expect(try await fixture.store.users.find(enrolled.own.user.id)?.hasSecondFactor == true)
        #expect(try await fixture.passwordHash() == "fake$1$\(AccountsFixture.password)")
        #expect(try await fixture.mails().allSatisfy { $0.kind != .changeEmail })
    }

    @Test func `a first code switches nothing on any more`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        let setup = try await fixture.accounts.startAuthenticator(of: own, origin: .none)
        let code = TOTP.code(of: setup.secret, step: TOTP.step(at: fixture.time.now))
        try await fixture.accounts.signOut(own, origin: .none)
        await #expect(throws: AuthError.sessionRevoked) {
            try await fixture.accounts.confirmAuthenticator(
                of: own, code: String(decoding: code, as: UTF8.self), origin: .none)
        }
        #expect(try await fixture.store.users.find(own.user.id)?.hasSecondFactor == false)
    }
}
