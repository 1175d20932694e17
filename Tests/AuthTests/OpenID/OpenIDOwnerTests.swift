import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// The owner of a mailbox whose address a stranger opened an account with (pre-hijacking).
struct OpenIDOwnerTests {
    @Test func `all that the stranger could come back by is gone, and the owner is in`() async throws {
        let (there, stranger) = try await taken()
        let (fixture, accounts) = (there.fixture, there.fixture.accounts)
        let key = try await accounts.createAPIKey(
            of: stranger, name: "wait", scopes: Scopes([.usersRead]), expiresAt: nil, origin: .none)
        let passkey = try await fixture.addPasskey(to: stranger).held
        try await fixture.addIdentity(to: stranger.user.id, subject: "stranger")
        let other = try await fixture.signedInPrincipal("ann@example.org")
        let refresh = try await fixture.signIn("ann@example.org").tokens.refreshToken
        try await accounts.requestPasswordReset(for: stranger.user.email, origin: .none)
        let token = try await mailedResetToken(fixture)
        let hash = OneTimeTokens.hash(of: token)
        #expect(try await fixture.store.oneTimeTokens.find(hash: hash, purpose: .resetPassword) != nil)

        let result = try await there.come().signedIn()
        #expect(result.user.id == stranger.user.id)
        #expect(result.user.emailVerifiedAt == fixture.time.now)
        #expect(try await fixture.isLive(try await fixture.principal(result)))
        #expect(try await fixture.sessionCount(of: result.user.id) == 1)
        for session in [stranger, other] { #expect(try await !fixture.isLive(session)) }
        #expect(try await fixture.passwordHash("ann@example.org") == nil)
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn("ann@example.org") }
        await #expect(throws: AuthError.unauthenticated) { try await accounts.authenticate(key.secret) }
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn(by: passkey) }
        await #expect(throws: AuthError.sessionRevoked) {
            try await accounts.refreshSession(refresh, origin: .none)
        }
        await #expect(throws: AuthError.invalidToken) {
            try await accounts.resetPassword(token: token, password: "violet-harbour-minute-44", origin: .none)
        }
        #expect(try await there.identities(of: result.user).map(\.subject) == [TestIDToken.subject])
        let actions = try await fixture.actions(of: result.user.id)
        #expect(actions.contains("user.email_verified"))
        #expect(actions.contains("identity.linked"))
        #expect(try await there.come().signedIn().user.id == result.user.id)
    }

    @Test func `nor does a second factor of the stranger's keep the owner out`() async throws {
        let (there, stranger) = try await taken()
        let (fixture, accounts) = (there.fixture, there.fixture.accounts)
        let secret = try await accounts.startAuthenticator(of: stranger, origin: .none).secret
        let code = String(decoding: TOTP.code(of: secret, step: TOTP.step(at: fixture.time.now)), as: UTF8.self)
        _ = try await accounts.confirmAuthenticator(of: stranger, code: code, origin: .none)
        let result = try await there.come().signedIn()
        #expect(try await fixture.isLive(try await fixture.principal(result)))
        #expect(try await fixture.store.secondFactors.authenticator(of: result.user.id) == nil)
        #expect(try await fixture.store.secondFactors.recoveryCodeCount(of: result.user.id) == 0)
    }

    @Test func `where addresses must be proven, an account that waits for it is the owner's too`() async throws {
        let there = try await OpenIDSignInFixture()
        _ = try await there.fixture.accounts.register(
            AccountsFixture.registration("ann@example.org"), password: AccountsFixture.password, origin: .none)
        let token = try await there.fixture.mailedToken()
        #expect(!token.isEmpty)
        let result = try await there.come().signedIn()
        #expect(result.user.emailVerifiedAt == there.fixture.time.now)
        await #expect(throws: AuthError.invalidCredentials) { try await there.fixture.signIn("ann@example.org") }
        await #expect(throws: AuthError.invalidToken) {
            try await there.fixture.accounts.verifyEmail(token: token, origin: .none)
        }
    }

    @Test func `an address that the provider does not vouch for takes nothing from anybody`() async throws {
        let (there, stranger) = try await taken()
        await #expect(throws: AuthError.emailNotVerified) {
            try await there.come { $0.claim("email_verified", "false") }
        }
        #expect(try await there.fixture.isLive(stranger))
        #expect(try await there.fixture.passwordHash("ann@example.org") != nil)
    }

    @Test func `a suspended one stays as it was`() async throws {
        let (there, stranger) = try await taken()
        try await there.fixture.change(stranger.user.id) { $0.suspendedAt = there.fixture.time.now }
        await #expect(throws: AuthError.accountSuspended) { try await there.come() }
        #expect(try await there.fixture.passwordHash("ann@example.org") != nil)
        #expect(try await there.ann()?.emailVerifiedAt == nil)
        #expect(try await there.identities(of: stranger.user).isEmpty)
    }

    @Test func `an owner and a stranger at once: the stranger's session does not stay`() async throws {
        let (there, stranger) = try await taken()
        let attempt = try await there.start()
        try await there.hand(out: attempt)
        let results = await race(9) { index in
            if index == 4 { return try await there.finish(attempt).signedIn().session.id }
            return try await there.fixture.signIn("ann@example.org").session.id
        }
        let live = try await there.fixture.store.sessions.list(
            of: stranger.user.id, liveAt: there.fixture.time.now, page: PageRequest(limit: 100)
        ).items
        #expect(live.count == 1)
        #expect(results.successes().contains { $0 == live.first?.id })
        let created = try await there.fixture.audit(of: stranger.user.id).filter {
            $0.action == "session.created" && $0.targetID == live.first?.id.description
        }
        #expect(created.map { $0.changes["method"] } == ["provider"])
    }

    /// The token of the mail to choose another password, among others that wait.
    private func mailedResetToken(_ fixture: AccountsFixture) async throws -> String {
        for job in try await fixture.mailJobs() {
            let mail: OutgoingMail = try job.decoded()
            guard mail.kind == .resetPassword, let token = mail.token else { continue }
            return OneTimeTokens(keys: fixture.keys).token(for: job.id, purpose: token.purpose, matching: token.hash)
                ?? ""
        }
        return ""
    }

    /// An account of Ann's address that is not Ann's, and a session of whoever opened it.
    private func taken() async throws -> (OpenIDSignInFixture, Principal) {
        let there = try await OpenIDSignInFixture(requiresVerifiedEmail: false)
        let opened = try await there.fixture.accounts.register(
            AccountsFixture.registration("ann@example.org"), password: AccountsFixture.password, origin: .none)
        guard case .signedIn(let result) = opened else { throw SignInOutcome.Unexpected() }
        return (there, try await there.fixture.principal(result))
    }
}
