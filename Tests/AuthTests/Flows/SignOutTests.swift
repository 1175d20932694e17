import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct SignOutTests {
    @Test(arguments: [
        (SignOutScope.local, [false, true, true]), (.others, [true, false, false]), (.global, [false, false, false]),
    ])
    func `a sign-out ends the sessions of its scope at once`(scope: SignOutScope, live: [Bool]) async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        var sessions: [SignInResult] = []
        for _ in 0..<3 { sessions.append(try await fixture.signIn()) }
        try await fixture.addUser("eve@example.com")
        let stranger = try await fixture.signIn("eve@example.com")

        try await fixture.accounts.signOut(
            fixture.principal(sessions[0]), scope: scope, origin: AccountsFixture.origin)
        for (session, isLive) in zip(sessions, live) {
            if isLive {
                _ = try await fixture.principal(session)
            } else {
                await #expect(throws: AuthError.sessionRevoked) { try await fixture.principal(session) }
            }
        }
        _ = try await fixture.principal(stranger)
        let rows = try await fixture.audit(of: user.id).filter { $0.action == "session.revoked" }
        #expect(rows.count == 1)
        #expect(rows.first?.changes["reason"] == "signed_out")
        #expect(rows.first?.actorID == user.id)
        if scope != .local { #expect(rows.first?.changes["count"] == String(live.count { !$0 })) }
    }

    @Test func `signing out twice leaves one audit row`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let principal = try await fixture.principal(fixture.signIn())
        for _ in 0..<2 { try await fixture.accounts.signOut(principal, origin: .none) }
        #expect(try await fixture.actions(of: user.id).count { $0 == "session.revoked" } == 1)
    }

    @Test func `a refresh token alone ends its session, even one used before`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let result = try await fixture.signIn()
        _ = try await fixture.accounts.refreshSession(result.tokens.refreshToken, origin: .none)
        try await fixture.accounts.signOut(refreshToken: result.tokens.refreshToken, origin: .none)
        await #expect(throws: AuthError.sessionRevoked) { try await fixture.principal(result) }
        #expect(try await fixture.actions(of: user.id).contains("session.revoked"))
    }

    @Test func `a forged refresh token ends nothing`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let result = try await fixture.signIn()
        let stranger = try MasterKeys(hexadecimal: [AccountsFixture.masterKey(99)])
        let forged = RefreshToken.make(
            session: result.session.id, generation: 0, keys: stranger, randomness: .seeded(5))
        try await fixture.accounts.signOut(refreshToken: forged.text, origin: .none)
        try await fixture.accounts.signOut(refreshToken: "nonsense", origin: .none)
        _ = try await fixture.principal(result)
    }
}
