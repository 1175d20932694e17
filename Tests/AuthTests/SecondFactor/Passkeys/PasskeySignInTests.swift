import Core
import Crypto
import Fakes
import Persistence
import Testing

@testable import Auth

struct PasskeySignInTests {
    @Test(arguments: [true, false])
    func `it opens a session of its person, and its use is noted`(isES256: Bool) async throws {
        let (fixture, own, passkey) = try await withPasskey(
            signCount: 4, authenticator: isES256 ? .es256() : .edDSA())
        let result = try await fixture.signIn(by: passkey, on: SignInDevice(name: "Phone")) { $0.signCount = 9 }
            .signedIn()
        #expect(result.user.id == own.user.id)
        #expect(result.session.deviceName == "Phone")
        #expect(result.session.authenticatedAt == fixture.time.now)
        #expect(try await fixture.isLive(try await fixture.principal(result)))
        let created = try await fixture.audit(of: own.user.id).filter {
            $0.targetID == result.session.id.description && $0.action == "session.created"
        }
        #expect(created.map { $0.changes["method"] } == ["passkey"])
        let stored = try #require(try await fixture.store.passkeys.list(of: own.user.id).first)
        #expect(stored.signCount == 9)
        #expect(stored.lastUsedAt == fixture.time.now)
    }

    @Test func `it stands for both factors`() async throws {
        let enrolled = try await Enrolled()
        let fixture = enrolled.fixture
        let own = try await fixture.refreshed(enrolled.own)
        let passkey = try await fixture.addPasskey(to: own).held
        let result = try await fixture.signIn(by: passkey).signedIn()
        #expect(result.user.hasSecondFactor)
        let row = try await fixture.audit(of: own.user.id).first { $0.targetID == result.session.id.description }
        #expect(row?.changes["method"] == "passkey")
        // The password does not.
        #expect(try await fixture.signInOutcome().request().factors == [.totp, .recoveryCode, .passkey])
    }

    @Test func `asking for one costs no query, and names nobody`() async throws {
        let (fixture, _, _) = try await withPasskey()
        let before = fixture.database.uses
        let (one, other) = (try fixture.accounts.startPasskeyUse(), try fixture.accounts.startPasskeyUse())
        #expect(one.challenge != other.challenge)
        #expect(one.timeout == .minutes(5))
        #expect(one.relyingParty == TestAuthenticator.relyingParty)
        #expect(fixture.database.uses == before)
    }

    private static let cheats: [Cheat] = [
        Cheat("not verified", .userNotVerified) { $0.flags = 0x01 },
        Cheat("not present", .userNotPresent) { $0.flags = 0x04 },
        Cheat("no user handle", .wrongUser) { $0.userHandle = nil },
        Cheat("an empty user handle", .wrongUser) { $0.userHandle = [] },
        Cheat("another user handle", .wrongUser) { $0.userHandle = TestAuthenticator.userHandle },
        Cheat("another site", .wrongOrigin) { $0.origin = "https://example.com" },
        Cheat("another relying party", .wrongRelyingParty) { $0.relyingPartyID = "evil.org" },
        Cheat("a registration", .wrongType) { $0.type = "webauthn.create" },
        Cheat("a broken signature", .badSignature) { $0.changedSignature = { $0.dropLast() + [1, 2] } },
        Cheat("no signature", .badSignature) { $0.changedSignature = { _ in [] } },
        Cheat("backed up all of a sudden", .backupEligibilityChanged) { $0.flags = 0x1D },
        Cheat("no JSON", .malformedClientData) { $0.clientData = "" },
    ]

    @Test(arguments: cheats)
    func `what proves nothing opens nothing`(cheat: Cheat) async throws {
        let (fixture, own, passkey) = try await withPasskey()
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn(by: passkey, cheat.change) }
        #expect(try await fixture.sessionCount(of: own.user.id) == 1)
        #expect(try await fixture.store.passkeys.list(of: own.user.id).first?.lastUsedAt == nil)
    }

    @Test func `another's key, or one unknown, is none of the person's`() async throws {
        let (fixture, own, passkey) = try await withPasskey()
        let forgers = [
            TestPasskey(of: own.user.id, credentialID: passkey.credentialID),
            TestPasskey(of: own.user.id, credentialID: [7], authenticator: passkey.authenticator),
            TestPasskey(of: own.user.id, credentialID: [], authenticator: passkey.authenticator),
        ]
        for forger in forgers {
            await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn(by: forger) }
        }
    }

    @Test func `a counter that does not grow shows a copy`() async throws {
        let (fixture, own, passkey) = try await withPasskey(signCount: 5)
        for (count, isGood) in [(5, false), (6, true), (6, false), (5, false), (0, false), (1000, true), (7, false)] {
            if isGood {
                _ = try await fixture.signIn(by: passkey) { $0.signCount = UInt32(count) }.signedIn()
            } else {
                await #expect(throws: AuthError.invalidCredentials) {
                    try await fixture.signIn(by: passkey) { $0.signCount = UInt32(count) }
                }
            }
        }
        #expect(try await fixture.store.passkeys.list(of: own.user.id).first?.signCount == 1000)
    }

    @Test func `one that does not count is good each time`() async throws {
        let (fixture, _, passkey) = try await withPasskey()
        for _ in 0..<5 { _ = try await fixture.signIn(by: passkey).signedIn() }
    }

    @Test func `of thirty who bring one challenge at once, one is signed in`() async throws {
        let (fixture, own, passkey) = try await withPasskey()
        let assertion = try passkey.use(fixture.accounts.startPasskeyUse())
        let results = await race(30) { index in
            try await fixture.accounts.signIn(by: assertion, origin: AccountsFixture.origin(index))
        }
        #expect(results.successes().count == 1)
        #expect(
            results.failures(.challengeExpired) + results.failures(.throttled(retryAfter: .minutes(1))) == 29)
        #expect(try await fixture.sessionCount(of: own.user.id) == 2)
    }

    @Test func `a challenge is good once, whoever answers it`() async throws {
        let (fixture, own, passkey) = try await withPasskey()
        try await fixture.addUser("eve@example.com")
        let eve = try await fixture.signedInPrincipal("eve@example.com")
        let other = try await fixture.addPasskey(to: eve, credentialID: [2]).held
        let request = try fixture.accounts.startPasskeyUse()
        let first = try await fixture.accounts.signIn(by: try passkey.use(request), origin: .none).signedIn()
        #expect(first.user.id == own.user.id)
        for again in [passkey, other] {
            await #expect(throws: AuthError.challengeExpired) {
                try await fixture.accounts.signIn(by: try again.use(request), origin: .none)
            }
        }
    }

    @Test func `a challenge is good for five minutes`() async throws {
        let (fixture, _, passkey) = try await withPasskey()
        let assertions = try (0..<2).map { _ in try passkey.use(fixture.accounts.startPasskeyUse()) }
        fixture.time.advance(by: .minutes(5) - .microseconds(1))
        _ = try await fixture.accounts.signIn(by: assertions[0], origin: .none).signedIn()
        fixture.time.advance(by: .microseconds(1))
        await #expect(throws: AuthError.challengeExpired) {
            try await fixture.accounts.signIn(by: assertions[1], origin: .none)
        }
    }

    @Test func `a challenge for something else, or none of ours, is none for this, and no failure`() async throws {
        let (fixture, own, passkey) = try await withPasskey()
        let (accounts, expiry) = (fixture.accounts, fixture.time.now + .minutes(5))
        let purposes: [Challenges.Purpose] = [.secondFactor, .openID, .linking, .passkeyRegistration]
        var challenges = try purposes.map { try accounts.challenges.seal(PasskeyUsage(), for: $0, until: expiry) }
        challenges += [
            try await accounts.startPasskey(of: own).challenge, Base64URL.encode(TestAuthenticator.challenge), "",
        ]
        for challenge in challenges + challenges {
            await #expect(throws: AuthError.challengeExpired) {
                try await accounts.signIn(by: try passkey.use(challenge: challenge), origin: .none)
            }
        }
        _ = try await fixture.signIn(by: passkey).signedIn()
    }

    private func withPasskey(
        signCount: UInt32 = 0, authenticator: TestAuthenticator = .es256()
    ) async throws -> (AccountsFixture, Principal, TestPasskey) {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        let held = try await fixture.addPasskey(to: own, signCount: signCount, authenticator: authenticator).held
        return (fixture, own, held)
    }
}
