import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// An account at a provider whose address has an account here already.
struct OpenIDLinkingTests {
    @Test func `a proven account is not entered, nor changed, before its person signs in`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        _ = try await there.come().pendingLink()
        #expect(try await there.identities(of: user).isEmpty)
        #expect(try await there.fixture.sessionCount(of: user.id) == 0)
        #expect(try await there.fixture.store.users.find(user.id) == user)
        #expect(try await there.fixture.passwordHash("ann@example.org") != nil)
        #expect(try await there.fixture.actions(of: user.id) == ["user.created_by_command"])
        #expect(try await there.fixture.mails().isEmpty)
    }

    @Test func `signed in by password, the two are linked, and the person is told`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let pending = try await there.come().pendingLink()
        there.fixture.time.advance(by: .minutes(15) - .microseconds(1))
        let result = try await signIn(there, pending).signedIn()
        #expect(result.user.id == user.id)
        try await isLinked(there, user)
        let row = try #require(try await there.fixture.audit(of: user.id).first { $0.action == "identity.linked" })
        #expect(row.actorID == user.id)
        #expect(row.changes["provider"] == "example")
        #expect(try await there.fixture.mails().count { $0.kind == .identityLinked } == 1)
        #expect(try await there.come().signedIn().user.id == user.id)
        #expect(try await there.fixture.passwordHash("ann@example.org") != nil)
    }

    @Test func `so they are by a mailed link`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let pending = try await there.come().pendingLink()
        try await there.fixture.accounts.requestSignInLink(for: user.email, origin: .none)
        _ = try await there.fixture.accounts.signIn(
            linkToken: there.fixture.mailedToken(), on: SignInDevice(pendingLink: pending), origin: .none
        ).signedIn()
        try await isLinked(there, user)
    }

    @Test func `so they are by a passkey`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let own = try await there.fixture.signedInPrincipal("ann@example.org")
        let passkey = try await there.fixture.addPasskey(to: own).held
        let pending = try await there.come().pendingLink()
        _ = try await there.fixture.signIn(by: passkey, on: SignInDevice(pendingLink: pending)).signedIn()
        try await isLinked(there, user)
    }

    @Test func `so they are after the second factor, and not before`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let own = try await there.fixture.signedInPrincipal("ann@example.org")
        let secret = try await there.fixture.accounts.startAuthenticator(of: own, origin: .none).secret
        func code() -> String {
            String(decoding: TOTP.code(of: secret, step: TOTP.step(at: there.fixture.time.now)), as: UTF8.self)
        }
        _ = try await there.fixture.accounts.confirmAuthenticator(of: own, code: code(), origin: .none)
        there.fixture.time.advance(by: .minutes(1))
        let pending = try await there.come().pendingLink()
        let request = try await signIn(there, pending).request()
        await #expect(throws: AuthError.invalidCode) {
            try await there.fixture.accounts.verifySecondFactor(
                .code("000000"), token: request.token, pendingLink: pending, origin: .none)
        }
        #expect(try await there.identities(of: user).isEmpty)
        _ = try await there.fixture.accounts.verifySecondFactor(
            .code(code()), token: request.token, pendingLink: pending, origin: .none)
        try await isLinked(there, user)
        #expect(try await there.come().request().factors == [.totp, .recoveryCode])
    }

    @Test func `a wrong password links nothing`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let pending = try await there.come().pendingLink()
        await #expect(throws: AuthError.invalidCredentials) {
            try await signIn(there, pending, password: AccountsFixture.wrong)
        }
        #expect(try await there.identities(of: user).isEmpty)
        _ = try await signIn(there, pending).signedIn()
        try await isLinked(there, user)
    }

    @Test func `another person's sign-in links nothing, and takes nothing from the right one`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let stranger = try await there.fixture.addUser("eve@example.com")
        let pending = try await there.come().pendingLink()
        _ = try await signIn(there, pending, "eve@example.com").signedIn()
        #expect(try await there.identities(of: stranger).isEmpty)
        #expect(try await there.identities(of: user).isEmpty)
        #expect(try await !there.fixture.actions(of: stranger.id).contains("identity.linked"))
        _ = try await signIn(there, pending).signedIn()
        try await isLinked(there, user)
    }

    @Test func `after a quarter of an hour it is over, and the sign-in goes on`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let pending = try await there.come().pendingLink()
        there.fixture.time.advance(by: .minutes(15))
        _ = try await signIn(there, pending).signedIn()
        #expect(try await there.identities(of: user).isEmpty)
    }

    @Test func `it links once, also where it was unlinked since`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let pending = try await there.come().pendingLink()
        let own = try await there.fixture.principal(signIn(there, pending).signedIn())
        let identity = try #require(try await there.identities(of: user).first)
        try await there.fixture.accounts.removeIdentity(identity.id, of: own, origin: .none)
        _ = try await signIn(there, pending).signedIn()
        #expect(try await there.identities(of: user).isEmpty)
        #expect(try await there.fixture.actions(of: user.id).count { $0 == "identity.linked" } == 1)
    }

    @Test func `of eight who sign in with it at once, one links`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let (first, second) = (try await there.come().pendingLink(), try await there.come().pendingLink())
        let device = try await there.fixture.signIn("ann@example.org").device
        let results = await race(8) { index in
            try await there.fixture.accounts.signIn(
                user.email, password: AccountsFixture.password,
                on: SignInDevice(mark: device, pendingLink: index.isMultiple(of: 2) ? first : second), origin: .none)
        }
        #expect(results.successes().count == 8)
        try await isLinked(there, user)
        #expect(try await there.fixture.actions(of: user.id).count { $0 == "identity.linked" } == 1)
        #expect(try await there.fixture.mails().count { $0.kind == .identityLinked } == 1)
    }

    @Test(arguments: ["", "x", "AQd1c1Qz8mVw", String(repeating: "A", count: 4000)])
    func `what is none of ours hinders no sign-in`(pending: String) async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        _ = try await signIn(there, pending).signedIn()
        #expect(try await there.identities(of: user).isEmpty)
    }

    @Test func `a state, or the answer of another installation, is no link`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let link = PendingLink(
            user: user.id, provider: "example", issuer: TestIDToken.issuer, subject: "evil", email: nil)
        let expiry = there.fixture.time.now + .minutes(5)
        let forged = [
            try await there.start().state,
            try there.fixture.accounts.challenges.seal(link, for: .openID, until: expiry),
            try Challenges(keys: try .test()).seal(link, for: .linking, until: expiry),
        ]
        for pending in forged { _ = try await signIn(there, pending).signedIn() }
        #expect(try await there.identities(of: user).isEmpty)
    }

    @Test func `what somebody else linked meanwhile stays theirs`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.addAnn()
        let stranger = try await there.fixture.addUser("eve@example.com")
        let pending = try await there.come().pendingLink()
        try await there.fixture.addIdentity(to: stranger.id, subject: TestIDToken.subject)
        _ = try await signIn(there, pending).signedIn()
        #expect(try await there.identities(of: user).isEmpty)
        #expect(try await there.identities(of: stranger).count == 1)
        #expect(try await !there.fixture.actions(of: user.id).contains("identity.linked"))
    }

    private func signIn(
        _ there: OpenIDSignInFixture, _ pending: String, _ email: String = "ann@example.org",
        password: String = AccountsFixture.password
    ) async throws -> SignInOutcome {
        try await there.fixture.accounts.signIn(
            AccountsFixture.email(email), password: password, on: SignInDevice(pendingLink: pending), origin: .none)
    }

    private func isLinked(_ there: OpenIDSignInFixture, _ user: User) async throws {
        let identities = try await there.identities(of: user)
        #expect(identities.map(\.issuer) == [TestIDToken.issuer])
        #expect(identities.map(\.subject) == [TestIDToken.subject])
        #expect(identities.map(\.provider) == ["example"])
    }
}
