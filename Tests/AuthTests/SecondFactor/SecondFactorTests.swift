import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct SecondFactorTests {
    @Test func `a first code switches it on, ends the other sessions, and gives ten recovery codes`() async throws {
        let (fixture, own) = try await signedIn()
        let other = try await fixture.signedInPrincipal()
        let setup = try await fixture.accounts.startAuthenticator(of: own, origin: .none)
        #expect(setup.otpauthURI.hasPrefix("otpauth://totp/Plinth:ada%40example.com?secret=\(setup.secret.base32)&"))
        #expect(try await fixture.accounts.secondFactorState(of: own).enabledAt == nil)
        _ = try await fixture.signIn()
        let codes = try await fixture.accounts.confirmAuthenticator(
            of: own, code: code(setup.secret, fixture), origin: .none)
        #expect(Set(codes.map(\.text)).count == 10)
        let state = try await fixture.accounts.secondFactorState(of: own)
        #expect(state == SecondFactorState(enabledAt: fixture.time.now, recoveryCodesLeft: 10))
        #expect(try await fixture.isLive(own))
        #expect(try await !fixture.isLive(other))
        #expect(try await fixture.actions(of: own.user.id).contains("user.second_factor_enabled"))
        #expect(try await fixture.mails().contains { $0.kind == .secondFactorEnabled })
        let stored = try #require(try await fixture.store.secondFactors.authenticator(of: own.user.id))
        #expect(!stored.sealedSecret.contains(setup.secret.revealed()))
        await #expect(throws: AuthError.secondFactorEnabled) {
            try await fixture.accounts.startAuthenticator(of: own, origin: .none)
        }
    }

    @Test func `a wrong code switches nothing on, nor does one for a secret that was replaced`() async throws {
        let (fixture, own) = try await signedIn()
        await #expect(throws: AuthError.notFound) {
            try await fixture.accounts.confirmAuthenticator(of: own, code: "123456", origin: .none)
        }
        let first = try await fixture.accounts.startAuthenticator(of: own, origin: .none)
        let second = try await fixture.accounts.startAuthenticator(of: own, origin: .none)
        for text in [code(first.secret, fixture), "12345", "abcdef", ""] {
            await #expect(throws: AuthError.invalidCode) {
                try await fixture.accounts.confirmAuthenticator(of: own, code: text, origin: .none)
            }
        }
        #expect(try await fixture.store.users.find(own.user.id)?.hasSecondFactor == false)
        _ = try await fixture.accounts.confirmAuthenticator(
            of: own, code: code(second.secret, fixture), origin: .none)
    }

    @Test func `every change of it takes a fresh session`() async throws {
        let (fixture, own) = try await signedIn()
        fixture.time.advance(by: .minutes(15))
        await #expect(throws: AuthError.reauthenticationRequired) {
            try await fixture.accounts.startAuthenticator(of: own, origin: .none)
        }
        await #expect(throws: AuthError.reauthenticationRequired) {
            try await fixture.accounts.confirmAuthenticator(of: own, code: "123456", origin: .none)
        }
        await #expect(throws: AuthError.reauthenticationRequired) {
            try await fixture.accounts.removeAuthenticator(of: own, origin: .none)
        }
        await #expect(throws: AuthError.reauthenticationRequired) {
            try await fixture.accounts.replaceRecoveryCodes(of: own, origin: .none)
        }
    }

    @Test func `a sign-in asks for the code, and opens a session by it`() async throws {
        let enrolled = try await Enrolled()
        let request = try await enrolled.fixture.signInOutcome().request()
        #expect(request.factors == [.totp, .recoveryCode])
        #expect(request.expiresAt == enrolled.fixture.time.now + .minutes(5))
        #expect("\(request)" == "SecondFactorRequest(redacted)")
        let result = try await enrolled.answer(.code(enrolled.code()), request)
        #expect(try await enrolled.fixture.isLive(try await enrolled.fixture.principal(result)))
        let created = try #require(try await enrolled.fixture.audit(of: result.user.id).first)
        #expect(created.action == "session.created" && created.changes["method"] == "totp")
        await #expect(throws: AuthError.challengeExpired) {
            try await enrolled.answer(.code(enrolled.code(later: 1)), request)
        }
    }

    @Test func `of thirty who answer one sign-in at once, one is signed in`() async throws {
        let enrolled = try await Enrolled()
        let request = try await enrolled.fixture.signInOutcome().request()
        let results = await race(30) { _ in try await enrolled.answer(.code(enrolled.code()), request) }
        #expect(results.successes().count == 1)
        #expect(
            results.failures(.challengeExpired) + results.failures(.invalidCode)
                + results.failures(.throttled(retryAfter: .minutes(1))) == 29)
    }

    @Test func `a code works for one of many sign-ins`() async throws {
        let enrolled = try await Enrolled()
        var requests: [SecondFactorRequest] = []
        for _ in 0..<8 { requests.append(try await enrolled.fixture.signInOutcome().request()) }
        let results = await race(8) { [requests] index in
            try await enrolled.answer(.code(enrolled.code()), requests[index])
        }
        #expect(results.successes().count == 1)
        #expect(results.failures(.invalidCode) == 7)
    }

    @Test func `five wrong codes end the sign-in, ten of all sign-ins make everybody wait`() async throws {
        let enrolled = try await Enrolled()
        for _ in 0..<2 {
            let request = try await enrolled.fixture.signInOutcome().request()
            for _ in 0..<5 {
                await #expect(throws: AuthError.invalidCode) { try await enrolled.answer(.code("000000"), request) }
            }
        }
        let request = try await enrolled.fixture.signInOutcome().request()
        await #expect(throws: AuthError.throttled(retryAfter: .minutes(1))) {
            try await enrolled.answer(.code(enrolled.code()), request)
        }
        enrolled.fixture.time.advance(by: .minutes(1))
        _ = try await enrolled.answer(.code(enrolled.code()), request)
        let another = try await enrolled.fixture.signInOutcome().request()
        for _ in 0..<5 {
            await #expect(throws: AuthError.invalidCode) { try await enrolled.answer(.recoveryCode("x"), another) }
        }
        await #expect(throws: AuthError.challengeExpired) {
            try await enrolled.answer(.recoveryCode(enrolled.codes[0].text), another)
        }
    }

    @Test func `a recovery code works once, and its person is told`() async throws {
        let enrolled = try await Enrolled()
        for (index, isGood) in [(0, true), (0, false), (1, true)] {
            enrolled.fixture.time.advance(by: .minutes(1))
            let request = try await enrolled.fixture.signInOutcome().request()
            let answer = SecondFactorAnswer.recoveryCode(enrolled.codes[index].text.uppercased())
            if isGood {
                _ = try await enrolled.answer(answer, request)
                #expect(try await enrolled.fixture.mails().contains { $0.kind == .recoveryCodeUsed })
            } else {
                await #expect(throws: AuthError.invalidCode) { try await enrolled.answer(answer, request) }
            }
        }
        #expect(try await enrolled.fixture.store.secondFactors.recoveryCodeCount(of: enrolled.own.user.id) == 8)
        let new = try await enrolled.fixture.accounts.replaceRecoveryCodes(of: enrolled.own, origin: .none)
        #expect(try await enrolled.fixture.mails().count { $0.kind == .recoveryCodesReplaced } == 1)
        let notices = try await enrolled.fixture.notices(of: enrolled.own.user.id)
        #expect(notices.count { $0 == .recoveryCodesReplaced } == 1)
        let request = try await enrolled.fixture.signInOutcome().request()
        await #expect(throws: AuthError.invalidCode) {
            try await enrolled.answer(.recoveryCode(enrolled.codes[2].text), request)
        }
        _ = try await enrolled.answer(.recoveryCode(new[0].text), request)
    }

    @Test func `what was handed out ends with time, another password, another address, and the factor itself`()
        async throws
    {
        let changes: [@Sendable (Enrolled) async throws -> Void] = [
            { $0.fixture.time.advance(by: .minutes(5)) },
            { try await $0.fixture.store.users.setPasswordHash(of: $0.own.user.id, to: "fake$1$other") },
            { enrolled in
                try await enrolled.fixture.change(enrolled.own.user.id) { $0.email = AccountsFixture.email("b@c.org") }
            },
            { try await $0.fixture.accounts.removeAuthenticator(of: $0.own, origin: .none) },
        ]
        for change in changes {
            let enrolled = try await Enrolled()
            let request = try await enrolled.fixture.signInOutcome().request()
            try await change(enrolled)
            await #expect(throws: AuthError.challengeExpired) {
                try await enrolled.answer(.code(enrolled.code()), request)
            }
        }
    }

    @Test(arguments: ["", "x", "AQd1c1Qz8mVw", String(repeating: "A", count: 400)])
    func `what is none of ours is refused alike`(token: String) async throws {
        let fixture = try await AccountsFixture()
        await #expect(throws: AuthError.challengeExpired) {
            try await fixture.accounts.verifySecondFactor(.code("123456"), token: token, origin: .none)
        }
    }

    @Test func `an account suspended between the factors is told so`() async throws {
        let enrolled = try await Enrolled()
        let request = try await enrolled.fixture.signInOutcome().request()
        try await enrolled.fixture.change(enrolled.own.user.id) { $0.suspendedAt = enrolled.fixture.time.now }
        await #expect(throws: AuthError.accountSuspended) {
            try await enrolled.answer(.code(enrolled.code()), request)
        }
    }

    @Test func `switched off, the password is enough again`() async throws {
        let enrolled = try await Enrolled()
        try await enrolled.fixture.accounts.removeAuthenticator(of: enrolled.own, origin: .none)
        _ = try await enrolled.fixture.signIn()
        let state = try await enrolled.fixture.accounts.secondFactorState(of: enrolled.own)
        #expect(state == SecondFactorState(enabledAt: nil, recoveryCodesLeft: 0))
        await #expect(throws: AuthError.notFound) {
            try await enrolled.fixture.accounts.removeAuthenticator(of: enrolled.own, origin: .none)
        }
        await #expect(throws: AuthError.notFound) {
            try await enrolled.fixture.accounts.replaceRecoveryCodes(of: enrolled.own, origin: .none)
        }
        #expect(try await enrolled.fixture.mails().contains { $0.kind == .secondFactorDisabled })
    }

    private func signedIn() async throws -> (AccountsFixture, Principal) {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        return (fixture, try await fixture.signedInPrincipal())
    }

    private func code(_ secret: TOTPSecret, _ fixture: AccountsFixture) -> String {
        String(decoding: TOTP.code(of: secret, step: TOTP.step(at: fixture.time.now)), as: UTF8.self)
    }
}

/// An account whose sign-ins ask for a code.
struct Enrolled {
    let fixture: AccountsFixture
    let own: Principal
    let secret: TOTPSecret
    let codes: [RecoveryCode]

    init() async throws {
        fixture = try await AccountsFixture()
        try await fixture.addUser()
        own = try await fixture.signedInPrincipal()
        secret = try await fixture.accounts.startAuthenticator(of: own, origin: .none).secret
        let code = TOTP.code(of: secret, step: TOTP.step(at: fixture.time.now))
        codes = try await fixture.accounts.confirmAuthenticator(
            of: own, code: String(decoding: code, as: UTF8.self), origin: .none)
        fixture.time.advance(by: .minutes(1))
    }

    func code(later steps: Int64 = 0) -> String {
        String(decoding: TOTP.code(of: secret, step: TOTP.step(at: fixture.time.now) + steps), as: UTF8.self)
    }

    func answer(_ answer: SecondFactorAnswer, _ request: SecondFactorRequest) async throws -> SignInResult {
        try await fixture.accounts.verifySecondFactor(answer, token: request.token, origin: AccountsFixture.origin)
    }
}
