import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct OpenIDSignInTests {
    @Test func `a new person gets a proven account without a password, and is signed in`() async throws {
        let there = try await OpenIDSignInFixture()
        let attempt = try await there.start(target: "/teams?new=1")
        try await there.hand(out: attempt)
        let (outcome, target) = try await there.signIns.finish(
            provider: "example", OpenIDSignInFixture.callback(attempt.state, issuer: TestIDToken.issuer),
            browserToken: attempt.browserToken, on: SignInDevice(name: "Laptop"), origin: AccountsFixture.origin)
        #expect(target == "/teams?new=1")
        let result = try outcome.signedIn()
        let user = try #require(try await there.ann())
        #expect(result.user == user)
        #expect(result.session.deviceName == "Laptop")
        #expect(user.emailVerifiedAt == there.fixture.time.now)
        #expect(user.firstName.text == "Ann")
        #expect(user.lastName.text == "Ek")
        #expect(try await there.fixture.passwordHash("ann@example.org") == nil)
        #expect(try await there.fixture.isLive(try await there.fixture.principal(result)))
        let identity = try #require(try await there.identities(of: user).first)
        #expect(identity.provider == "example")
        #expect(identity.issuer == TestIDToken.issuer)
        #expect(identity.subject == TestIDToken.subject)
        #expect(identity.email == "ann@example.org")
        let rows = try await there.fixture.audit(of: user.id)
        #expect(Set(rows.map(\.action)) == ["user.registered", "identity.linked", "session.created"])
        #expect(rows.first { $0.action == "session.created" }?.changes["method"] == "provider")
        #expect(rows.first { $0.action == "identity.linked" }?.changes["provider"] == "example")
        #expect(rows.allSatisfy { $0.origin == AccountsFixture.origin })
    }

    private static let names: [(claims: [String: String?], first: String, last: String, language: Language)] = [
        (["given_name": "Ann", "family_name": "Ek", "locale": "fr-CA"], "Ann", "Ek", .french),
        (["given_name": "Ann", "family_name": "Ek", "locale": "fr_CA"], "Ann", "Ek", .french),
        (["given_name": "Ann", "family_name": nil, "locale": "de"], "Ann", "–", .english),
        (["given_name": nil, "family_name": nil, "name": "Ann Marie Ek"], "Ann", "Marie Ek", .english),
        (["given_name": nil, "family_name": "Ek", "name": "Ann"], "Ann", "Ek", .english),
        (["given_name": nil, "family_name": nil, "name": "Ann"], "Ann", "–", .english),
        (["given_name": nil, "family_name": nil], "ann", "–", .english),
        (["given_name": "", "family_name": " ", "name": " "], "ann", "–", .english),
        (["given_name": nil, "family_name": "Ek"], "ann", "Ek", .english),
        (["given_name": "Ann", "family_name": "Ek", "name": "Somebody Else"], "Ann", "Ek", .english),
    ]

    @Test(arguments: names.indices)
    func `names are what the provider told, or stand-ins`(index: Int) async throws {
        let there = try await OpenIDSignInFixture()
        let (claims, first, last, language) = Self.names[index]
        let result = try await there.come { token in
            claims.reduce(token) { $0.claim($1.key, $1.value?.quoted) }
        }.signedIn()
        #expect(result.user.firstName.text == first)
        #expect(result.user.lastName.text == last)
        #expect(result.user.language == language)
    }

    @Test func `the same person is signed in again, whatever became of the address there`() async throws {
        let there = try await OpenIDSignInFixture()
        let first = try await there.come().signedIn()
        there.fixture.time.advance(by: .days(1))
        let again = try await there.come {
            $0.claim("email", "other@example.org".quoted).claim("email_verified", "false")
        }.signedIn()
        #expect(again.user.id == first.user.id)
        #expect(again.user.email.text == "ann@example.org")
        #expect(try await there.fixture.store.users.find(emailKey: "other@example.org") == nil)
        let identity = try #require(try await there.identities(of: first.user).first)
        #expect(identity.email == "other@example.org")
        #expect(identity.lastUsedAt == there.fixture.time.now)
        _ = try await there.come { $0.claim("email", nil) }.signedIn()
        #expect(try await there.identities(of: first.user).count == 1)
        #expect(try await there.fixture.actions(of: first.user.id).count { $0 == "identity.linked" } == 1)
    }

    @Test func `another person there is not the same one, even under the same address`() async throws {
        let there = try await OpenIDSignInFixture()
        let first = try await there.come().signedIn()
        for subject in ["24400321", "24400320 ", "A", "a"] {
            let outcome = try await there.come { $0.claim("sub", subject.quoted) }
            #expect(throws: Never.self) { try outcome.pendingLink() }
        }
        #expect(try await there.identities(of: first.user).map(\.subject) == [TestIDToken.subject])
        #expect(try await there.fixture.sessionCount(of: first.user.id) == 1)
    }

    private static let unproven: [(name: String, claims: [String: String?])] = [
        ("not verified", ["email_verified": "false"]), ("nothing said", ["email_verified": nil]),
        ("a text", ["email_verified": "\"true\""]), ("a number", ["email_verified": "1"]),
        ("no address", ["email": nil]), ("none that can be written to", ["email": "\"ann\""]),
    ]

    @Test(arguments: unproven.indices)
    func `an address that the provider does not vouch for opens no account, and enters none`(
        index: Int
    ) async throws {
        let there = try await OpenIDSignInFixture()
        let (name, claims) = Self.unproven[index]
        let change: (TestIDToken) -> TestIDToken = { token in claims.reduce(token) { $0.claim($1.key, $1.value) } }
        await #expect(throws: AuthError.emailNotVerified, "\(name)") { try await there.come(change) }
        #expect(try await there.ann() == nil)
        let user = try await there.addAnn()
        await #expect(throws: AuthError.emailNotVerified, "\(name)") { try await there.come(change) }
        #expect(try await there.identities(of: user).isEmpty)
        #expect(try await there.fixture.sessionCount(of: user.id) == 0)
    }

    @Test func `a second factor is asked for afterwards`() async throws {
        let there = try await OpenIDSignInFixture()
        let enrolled = try await enroll(there)
        let before = try await there.fixture.sessionCount(of: enrolled.own.user.id)
        there.fixture.time.advance(by: .minutes(1))
        let request = try await there.come().request()
        #expect(request.factors == [.totp, .recoveryCode])
        #expect(try await there.fixture.sessionCount(of: enrolled.own.user.id) == before)
        let result = try await there.fixture.accounts.verifySecondFactor(
            .code(enrolled.code()), token: request.token, origin: .none)
        #expect(result.user.id == enrolled.own.user.id)
        // A passkey stands for both, a provider for one.
        let passkey = try await there.fixture.addPasskey(to: try await there.fixture.principal(result)).held
        #expect(try await there.come().request().factors == [.totp, .recoveryCode, .passkey])
        _ = try await there.fixture.signIn(by: passkey).signedIn()
    }

    @Test func `a suspended account is told so`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.come().signedIn().user
        try await there.fixture.change(user.id) { $0.suspendedAt = there.fixture.time.now }
        await #expect(throws: AuthError.accountSuspended) { try await there.come() }
        #expect(try await there.fixture.sessionCount(of: user.id) == 1)
    }

    @Test func `an account on its way to deletion gets a session that can do little`() async throws {
        let there = try await OpenIDSignInFixture()
        let user = try await there.come().signedIn().user
        try await there.fixture.change(user.id) {
            $0.deletedAt = there.fixture.time.now
            $0.purgeAt = there.fixture.time.now + .days(14)
        }
        let result = try await there.come().signedIn()
        #expect(try await there.fixture.principal(result).isPendingDeletion)
    }

    private func enroll(_ there: OpenIDSignInFixture) async throws -> (own: Principal, code: () -> String) {
        let fixture = there.fixture
        let own = try await fixture.principal(there.come().signedIn())
        let secret = try await fixture.accounts.startAuthenticator(of: own, origin: .none).secret
        let code: () -> String = {
            String(decoding: TOTP.code(of: secret, step: TOTP.step(at: fixture.time.now)), as: UTF8.self)
        }
        _ = try await fixture.accounts.confirmAuthenticator(of: own, code: code(), origin: .none)
        return (own, code)
    }
}
