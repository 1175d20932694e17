import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// A passkey in place of a code: between the factors of a sign-in, and to show again who one is.
struct PasskeyAnswerTests {
    @Test(arguments: [UInt8(0x01), 0x05])
    func `the own passkey is a second factor, PIN or not`(flags: UInt8) async throws {
        let (enrolled, passkey, _) = try await enrolledWithPasskeys()
        let request = try await enrolled.fixture.signInOutcome().request()
        #expect(request.factors.contains(.passkey))
        let assertion = try passkey.use(enrolled.fixture.accounts.startPasskeyUse()) {
            $0.flags = flags
            $0.userHandle = nil
        }
        let result = try await enrolled.answer(.passkey(assertion), request)
        #expect(try await enrolled.fixture.isLive(try await enrolled.fixture.principal(result)))
        let row = try await enrolled.fixture.audit(of: result.user.id).first {
            $0.targetID == result.session.id.description
        }
        #expect(row?.changes["method"] == "passkey")
        let again = try await enrolled.fixture.signInOutcome().request()
        await #expect(throws: AuthError.challengeExpired) { try await enrolled.answer(.passkey(assertion), again) }
    }

    @Test func `another's passkey is none, and is not used up by it`() async throws {
        let (enrolled, passkey, other) = try await enrolledWithPasskeys()
        let request = try await enrolled.fixture.signInOutcome().request()
        for handle in [nil, other.user.bytes, passkey.user.bytes] {
            let assertion = try other.use(enrolled.fixture.accounts.startPasskeyUse()) {
                $0.userHandle = handle
                $0.signCount = 9
            }
            await #expect(throws: AuthError.invalidCode) { try await enrolled.answer(.passkey(assertion), request) }
        }
        let stored = try #require(try await enrolled.fixture.store.passkeys.find(credentialID: other.credentialID))
        #expect(stored.lastUsedAt == nil)
        #expect(stored.signCount == 0)
        _ = try await enrolled.answer(
            .passkey(passkey.use(enrolled.fixture.accounts.startPasskeyUse())), request)
    }

    @Test func `one that proves nothing is no right code`() async throws {
        let (enrolled, passkey, _) = try await enrolledWithPasskeys()
        let request = try await enrolled.fixture.signInOutcome().request()
        let forger = TestPasskey(of: passkey.user, credentialID: passkey.credentialID)
        let unknown = TestPasskey(of: passkey.user, credentialID: [77], authenticator: passkey.authenticator)
        for held in [forger, unknown] {
            let assertion = try held.use(enrolled.fixture.accounts.startPasskeyUse())
            await #expect(throws: AuthError.invalidCode) { try await enrolled.answer(.passkey(assertion), request) }
        }
        let stale = try passkey.use(enrolled.fixture.accounts.startPasskeyUse()) { $0.flags = 0x04 }
        await #expect(throws: AuthError.invalidCode) { try await enrolled.answer(.passkey(stale), request) }
    }

    @Test func `tries are counted over all factors`() async throws {
        let (enrolled, passkey, _) = try await enrolledWithPasskeys()
        let forger = TestPasskey(of: passkey.user, credentialID: passkey.credentialID)
        for isCode in [true, false] {
            let request = try await enrolled.fixture.signInOutcome().request()
            for _ in 0..<5 {
                let assertion = try forger.use(enrolled.fixture.accounts.startPasskeyUse())
                await #expect(throws: AuthError.invalidCode) {
                    try await enrolled.answer(isCode ? .code("000000") : .passkey(assertion), request)
                }
            }
        }
        let request = try await enrolled.fixture.signInOutcome().request()
        let assertion = try passkey.use(enrolled.fixture.accounts.startPasskeyUse())
        for answer in [SecondFactorAnswer.code(enrolled.code()), .passkey(assertion)] {
            await #expect(throws: AuthError.throttled(retryAfter: .minutes(1))) {
                try await enrolled.answer(answer, request)
            }
        }
    }

    @Test func `of thirty answers at once by one assertion, one is signed in`() async throws {
        let (enrolled, passkey, _) = try await enrolledWithPasskeys()
        let request = try await enrolled.fixture.signInOutcome().request()
        let assertion = try passkey.use(enrolled.fixture.accounts.startPasskeyUse())
        let before = try await enrolled.fixture.sessionCount(of: passkey.user)
        let results = await race(30) { _ in try await enrolled.answer(.passkey(assertion), request) }
        #expect(results.successes().count == 1)
        #expect(
            results.failures(.challengeExpired) + results.failures(.throttled(retryAfter: .minutes(1))) == 29)
        #expect(try await enrolled.fixture.sessionCount(of: passkey.user) == before + 1)
    }

    @Test func `it opens the privileged window, where codes are asked for and where not`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        let passkey = try await fixture.addPasskey(to: own).held
        try await shows(passkey, own, fixture)
        let (enrolled, other, _) = try await enrolledWithPasskeys()
        try await shows(other, enrolled.own, enrolled.fixture)
    }

    @Test func `another's passkey opens no window`() async throws {
        let (enrolled, _, other) = try await enrolledWithPasskeys()
        let fixture = enrolled.fixture
        fixture.time.advance(by: .hours(1))
        for handle in [nil, other.user.bytes, enrolled.own.user.id.bytes] {
            let assertion = try other.use(fixture.accounts.startPasskeyUse()) { $0.userHandle = handle }
            await #expect(throws: AuthError.invalidCode) {
                try await fixture.accounts.reauthenticate(enrolled.own, by: .passkey(assertion), origin: .none)
            }
        }
        await #expect(throws: AuthError.reauthenticationRequired) {
            try await fixture.accounts.startPasskey(of: try await fixture.refreshed(enrolled.own))
        }
    }

    private func shows(_ passkey: TestPasskey, _ own: Principal, _ fixture: AccountsFixture) async throws {
        fixture.time.advance(by: .hours(1))
        let assertion = try passkey.use(fixture.accounts.startPasskeyUse())
        let until = try await fixture.accounts.reauthenticate(own, by: .passkey(assertion), origin: .none)
        #expect(until == fixture.time.now + .minutes(15))
        try await fixture.refreshed(own).requireFresh(at: until - .microseconds(1))
        let rows = try await fixture.audit(of: own.user.id).filter { $0.action == "session.reauthenticated" }
        #expect(rows.map { $0.changes["method"] } == ["passkey"])
        await #expect(throws: AuthError.challengeExpired) {
            try await fixture.accounts.reauthenticate(own, by: .passkey(assertion), origin: .none)
        }
    }

    /// An account whose sign-ins ask for a code, a passkey of it, and one of a stranger's.
    private func enrolledWithPasskeys() async throws -> (Enrolled, own: TestPasskey, stranger: TestPasskey) {
        let enrolled = try await Enrolled()
        let fixture = enrolled.fixture
        let own = try await fixture.addPasskey(to: enrolled.own).held
        try await fixture.addUser("eve@example.com")
        let eve = try await fixture.signedInPrincipal("eve@example.com")
        return (enrolled, own, try await fixture.addPasskey(to: eve, credentialID: [2]).held)
    }
}
