import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct ResetSecondFactorsTests {
    @Test func `all second factors go, every session ends, and the person is told`() async throws {
        let administered = try await Administered.enrolled()
        let fixture = administered.fixture
        let (id, own) = (administered.person.id, try await administered.opened())
        try await administered.resetSecondFactors()
        let user = try #require(try await fixture.store.users.find(id))
        #expect(!user.hasSecondFactor)
        #expect(user.secondFactorResetAt == fixture.time.now)
        #expect(try await fixture.store.secondFactors.authenticator(of: id) == nil)
        #expect(try await fixture.store.secondFactors.recoveryCodeCount(of: id) == 0)
        #expect(try await fixture.store.passkeys.list(of: id).isEmpty)
        #expect(try await !fixture.isLive(own))
        let row = try #require(try await administered.row("user.second_factors_reset"))
        #expect((row.actorID, row.personal) == (administered.administrator.user.id, ["reason": Administered.reason]))
        #expect(try await fixture.mails().first?.kind == .secondFactorReset)
        #expect(try await fixture.notices(of: id).first == .secondFactorReset)
    }

    @Test func `no mail alone signs in after that, until the person has by the password`() async throws {
        let administered = try await Administered.enrolled()
        let fixture = administered.fixture
        try await fixture.accounts.requestSignInLink(for: AccountsFixture.email(), origin: .none)
        let before = try await fixture.mailedToken()
        try await fixture.accounts.requestPasswordReset(for: AccountsFixture.email(), origin: .none)
        let reset = try await fixture.mailedToken()
        try await administered.resetSecondFactors()
        let mails = try await fixture.mails().count
        fixture.time.advance(by: .minutes(2))
        try await fixture.accounts.requestSignInLink(for: AccountsFixture.email(), origin: .none)
        try await fixture.accounts.requestPasswordReset(for: AccountsFixture.email(), origin: .none)
        #expect(try await fixture.mails().count == mails)
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.signIn(linkToken: before, on: .unknown, origin: .none)
        }
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.resetPassword(token: reset, password: AccountsFixture.wrong, origin: .none)
        }

        let result = try await fixture.signIn()
        #expect(result.user.secondFactorResetAt == nil)
        #expect(try await fixture.store.users.find(result.user.id) == result.user)
        fixture.time.advance(by: .minutes(2))
        try await fixture.accounts.requestSignInLink(for: AccountsFixture.email(), origin: .none)
        _ = try await fixture.accounts.signIn(linkToken: fixture.mailedToken(), on: .unknown, origin: .none).signedIn()
    }

    @Test(arguments: [OneTimeToken.Purpose.magicLink, .resetPassword])
    func `a link that was made past the reset is refused all the same`(purpose: OneTimeToken.Purpose) async throws {
        let administered = try await Administered.enrolled()
        let fixture = administered.fixture
        try await administered.resetSecondFactors()
        // As by a request that looked at the account before.
        let user = try #require(try await fixture.store.users.find(administered.person.id))
        try await fixture.accounts.link(purpose, to: user, at: fixture.time.now).add(to: fixture.store)
        let token = try await fixture.mailedToken()
        await #expect(throws: AuthError.invalidToken) {
            if purpose == .magicLink {
                _ = try await fixture.accounts.signIn(linkToken: token, on: .unknown, origin: .none)
            } else {
                try await fixture.accounts.resetPassword(token: token, password: AccountsFixture.wrong, origin: .none)
            }
        }
        #expect(try await fixture.store.users.find(user.id) == user)
        _ = try await fixture.signIn()
    }

    @Test func `a sign-in that waits for a second factor ends`() async throws {
        let administered = try await Administered.enrolled()
        let fixture = administered.fixture
        let request = try await fixture.signInOutcome().request()
        try await administered.resetSecondFactors()
        await #expect(throws: AuthError.challengeExpired) {
            try await fixture.accounts.verifySecondFactor(.code("000000"), token: request.token, origin: .none)
        }
    }

    @Test func `whoever could get in by nothing but mail keeps the second factor`() async throws {
        let administered = try await Administered.enrolled()
        let fixture = administered.fixture
        let id = administered.person.id
        try await fixture.store.users.setPasswordHash(of: id, to: nil)
        await #expect(throws: AuthError.lastCredential) { try await administered.resetSecondFactors() }
        #expect(try await fixture.store.users.find(id)?.hasSecondFactor == true)
        #expect(try await fixture.store.secondFactors.recoveryCodeCount(of: id) == 10)
        #expect(try await administered.row("user.second_factors_reset") == nil)

        let now = fixture.time.now
        _ = try await fixture.store.identities.insert(
            LinkedIdentity(
                id: .make(at: now, randomness: .system), userID: id, provider: "google", issuer: "https://id.example",
                subject: "1", email: nil, createdAt: now, lastUsedAt: now))
        try await administered.resetSecondFactors()
        #expect(try await fixture.store.users.find(id)?.hasSecondFactor == false)
    }

    @Test func `an account without a second factor stays as it is`() async throws {
        let administered = try await Administered()
        let own = try await administered.fixture.signedInPrincipal()
        try await administered.resetSecondFactors()
        #expect(try await administered.fixture.store.users.find(administered.person.id) == administered.person)
        #expect(try await administered.fixture.isLive(own))
        #expect(try await administered.fixture.mails().isEmpty)
    }

    @Test func `a second factor is set up anew after that`() async throws {
        let administered = try await Administered.enrolled()
        let fixture = administered.fixture
        try await administered.resetSecondFactors()
        let own = try await fixture.signedInPrincipal()
        try await fixture.enrol(own)
        _ = try await fixture.signInOutcome().request()
        let user = try #require(try await fixture.store.users.find(own.user.id))
        #expect(user.hasSecondFactor && user.isOpenToMail)
    }
}

extension Administered {
    /// With a person whose sign-ins ask for a second factor.
    fileprivate static func enrolled() async throws -> Administered {
        let administered = try await Administered()
        try await administered.fixture.enrol(administered.fixture.signedInPrincipal())
        return administered
    }

    /// A session of the person, past the second factor.
    fileprivate func opened() async throws -> Principal {
        let start = try fixture.accounts.startSession(
            of: person.id, deviceName: nil, origin: .none, at: fixture.time.now)
        try await fixture.store.sessions.insert(start.session, refresh: start.refresh)
        return try await fixture.accounts.authenticate(
            AccessClaims(
                userID: person.id, sessionID: start.session.id, issuedAt: fixture.time.now,
                expiresAt: fixture.time.now + .minutes(5)))
    }
}

extension AccountsFixture {
    /// Switches the second factor on, and tells of it in no mail that a test would look at.
    fileprivate func enrol(_ principal: Principal) async throws {
        let setup = try await accounts.startAuthenticator(of: principal, origin: .none)
        let text = String(decoding: TOTP.code(of: setup.secret, step: TOTP.step(at: time.now)), as: UTF8.self)
        _ = try await accounts.confirmAuthenticator(of: principal, code: text, origin: .none)
        time.advance(by: .seconds(60))
    }
}
