import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct ReauthenticateTests {
    @Test func `the password opens the window for a quarter of an hour`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        fixture.time.advance(by: .hours(1))
        #expect(throws: AuthError.reauthenticationRequired) { try own.requireFresh(at: fixture.time.now) }
        let until = try await fixture.accounts.reauthenticate(
            own, password: AccountsFixture.password, origin: .none)
        #expect(until == fixture.time.now + .minutes(15))
        let fresh = try await read(own, fixture)
        try fresh.requireFresh(at: until - .microseconds(1))
        #expect(throws: AuthError.reauthenticationRequired) { try fresh.requireFresh(at: until) }
        #expect(try await fixture.actions(of: own.user.id).first == "session.reauthenticated")
    }

    @Test func `a wrong password, or a session that ended, opens nothing`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        fixture.time.advance(by: .hours(1))
        await #expect(throws: AuthError.invalidCredentials) {
            try await fixture.accounts.reauthenticate(own, password: AccountsFixture.wrong, origin: .none)
        }
        await #expect(throws: AuthError.invalidCode) {
            try await fixture.accounts.reauthenticate(own, by: .code("123456"), origin: .none)
        }
        try await fixture.accounts.signOut(own, origin: .none)
        await #expect(throws: AuthError.sessionRevoked) {
            try await fixture.accounts.reauthenticate(own, password: AccountsFixture.password, origin: .none)
        }
    }

    @Test func `a code of the app or a recovery code opens it as well, each once`() async throws {
        let enrolled = try await Enrolled()
        let fixture = enrolled.fixture
        fixture.time.advance(by: .hours(1))
        let code = SecondFactorAnswer.code(enrolled.code())
        _ = try await fixture.accounts.reauthenticate(enrolled.own, by: code, origin: .none)
        await #expect(throws: AuthError.invalidCode) {
            try await fixture.accounts.reauthenticate(enrolled.own, by: code, origin: .none)
        }
        let until = try await fixture.accounts.reauthenticate(
            enrolled.own, by: .recoveryCode(enrolled.codes[0].text), origin: .none)
        try await read(enrolled.own, fixture).requireFresh(at: until - .microseconds(1))
    }

    private func read(_ principal: Principal, _ fixture: AccountsFixture) async throws -> Principal {
        try await fixture.accounts.authenticate(
            AccessClaims(
                userID: principal.user.id, sessionID: principal.requireSession().id, issuedAt: fixture.time.now,
                expiresAt: fixture.time.now))
    }
}
