import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct ChangeEmailTests {
    private static let new = AccountsFixture.email("Countess@example.com")

    @Test func `the link mailed to the new address changes it, and only the session that asked lives on`() async throws
    {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let (own, other) = (try await fixture.signedInPrincipal(), try await fixture.signedInPrincipal())
        let token = try await mailedChange(fixture, own)
        fixture.time.advance(by: .seconds(1))
        #expect(try await fixture.mails().first?.to == "Countess@example.com")
        #expect(try await fixture.store.users.find(user.id)?.email.text == "ada@example.com")
        let changed = try await fixture.accounts.confirmEmailChange(token: token, origin: .none)
        #expect(changed.email == Self.new)
        #expect(changed.emailVerifiedAt == fixture.time.now)
        #expect(try await fixture.isLive(own))
        #expect(try await !fixture.isLive(other))
        let announced = try #require(try await fixture.mails().first)
        #expect(announced.kind == .emailChanged && announced.to == "ada@example.com")
        let actions = try await fixture.actions(of: user.id)
        #expect(actions.contains("user.email_changed") && actions.contains("user.email_change_requested"))
        _ = try await fixture.signIn("countess@example.com")
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.confirmEmailChange(token: token, origin: .none)
        }
    }

    @Test func `of thirty who bring the token at once one changes the address`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let token = try await mailedChange(fixture, try await fixture.signedInPrincipal())
        let results = await race(30) { _ in
            try await fixture.accounts.confirmEmailChange(token: token, origin: .none)
        }
        #expect(results.successes().count == 1)
        #expect(results.failures(.invalidToken) == 29)
        #expect(try await fixture.actions(of: user.id).count { $0 == "user.email_changed" } == 1)
    }

    @Test func `it takes a fresh session and another address`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        await #expect(throws: AuthError.emailUnchanged) {
            try await request(fixture, own, AccountsFixture.email("ADA@example.com".lowercased()))
        }
        fixture.time.advance(by: .minutes(15))
        await #expect(throws: AuthError.reauthenticationRequired) { try await request(fixture, own, Self.new) }
    }

    @Test func `a taken address answers and costs as a free one, and its holder is told`() async throws {
        var uses: [[Int]] = []
        for isTaken in [true, false] {
            let fixture = try await AccountsFixture()
            try await fixture.addUser()
            if isTaken { try await fixture.addUser("countess@example.com") }
            let own = try await fixture.signedInPrincipal()
            let before = fixture.database.uses
            try await request(fixture, own, Self.new)
            uses.append(zip(fixture.database.uses, before).map(-))
            let mail = try #require(try await fixture.mails().first)
            #expect(mail.kind == (isTaken ? .alreadyRegistered : .changeEmail))
            #expect(mail.to.lowercased() == "countess@example.com")
        }
        #expect(uses[0] == uses[1])
    }

    @Test func `an address taken meanwhile is not given twice, and the account stays as it was`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        let token = try await mailedChange(fixture, own)
        try await fixture.addUser("countess@example.com")
        for _ in 0..<2 {
            await #expect(throws: AuthError.emailTaken) {
                try await fixture.accounts.confirmEmailChange(token: token, origin: .none)
            }
        }
        #expect(try await fixture.store.users.find(user.id)?.email.text == "ada@example.com")
        #expect(try await fixture.isLive(own))
    }

    @Test func `a second request makes the first link useless, one within a minute changes nothing`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        let first = try await mailedChange(fixture, own)
        try await request(fixture, own, Self.new)
        #expect(try await fixture.mailedToken() == first)
        fixture.time.advance(by: .seconds(1))
        try await request(fixture, own, AccountsFixture.email("other@example.com"))
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.confirmEmailChange(token: first, origin: .none)
        }
        let second = try await fixture.mailedToken()
        fixture.time.advance(by: .hours(1))
        await #expect(throws: AuthError.tokenExpired) {
            try await fixture.accounts.confirmEmailChange(token: second, origin: .none)
        }
    }

    @Test func `undoing brings the address back, shuts everybody out and mails a way to a new password`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let thief = try await fixture.signedInPrincipal()
        let undo = try await stolen(fixture, by: thief, to: "thief@example.com")
        // The thief tries to end the way back.
        fixture.time.advance(by: .seconds(1))
        try await fixture.accounts.requestPasswordReset(
            for: AccountsFixture.email("thief@example.com"), origin: .none)
        try await fixture.accounts.resetPassword(
            token: try await fixture.mailedToken(), password: "violet-harbour-minute-44", origin: .none)
        fixture.time.advance(by: .days(6))
        let restored = try await fixture.accounts.undoEmailChange(token: undo, origin: .none)
        #expect(restored.email.text == "ada@example.com")
        #expect(try await fixture.passwordHash() == nil)
        #expect(try await !fixture.isLive(thief))
        let mail = try #require(try await fixture.mails().first)
        #expect(mail.kind == .resetPassword && mail.to == "ada@example.com")
        try await fixture.accounts.resetPassword(
            token: try await fixture.mailedToken(), password: "amber-violin-tunnel-12", origin: .none)
        _ = try await fixture.signIn(password: "amber-violin-tunnel-12")
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.undoEmailChange(token: undo, origin: .none)
        }
        #expect(try await fixture.actions(of: user.id).contains("user.email_change_undone"))
    }

    @Test func `a thief who changes the address twice can't undo the owner's undoing, nor end it`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let thief = try await fixture.signedInPrincipal()
        let owners = try await stolen(fixture, by: thief, to: "thief@example.com")
        fixture.time.advance(by: .minutes(1))
        let thiefs = try await stolen(fixture, by: thief, to: "thief2@example.com")
        // The thief goes back first: the owner's way stays.
        _ = try await fixture.accounts.undoEmailChange(token: thiefs, origin: .none)
        let restored = try await fixture.accounts.undoEmailChange(token: owners, origin: .none)
        #expect(restored.email.text == "ada@example.com")
        await #expect(throws: AuthError.invalidToken) {
            try await fixture.accounts.undoEmailChange(token: thiefs, origin: .none)
        }
    }

    @Test func `what was added since the change goes with it, what was there before stays`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let thief = try await fixture.signedInPrincipal()
        func key(_ name: String) async throws -> NewAPIKey {
            try await fixture.accounts.createAPIKey(
                of: thief, name: name, scopes: Scopes([.usersRead]), expiresAt: nil, origin: .none)
        }
        let before = try await key("before")
        fixture.time.advance(by: .seconds(1))
        let undo = try await stolen(fixture, by: thief, to: "thief@example.com")
        fixture.time.advance(by: .seconds(1))
        let since = try await key("since")
        let setup = try await fixture.accounts.startAuthenticator(of: thief, origin: .none)
        let code = TOTP.code(of: setup.secret, step: TOTP.step(at: fixture.time.now))
        _ = try await fixture.accounts.confirmAuthenticator(
            of: thief, code: String(decoding: code, as: UTF8.self), origin: .none)
        let restored = try await fixture.accounts.undoEmailChange(token: undo, origin: .none)
        #expect(!restored.hasSecondFactor)
        await #expect(throws: AuthError.unauthenticated) { try await fixture.accounts.authenticate(since.secret) }
        _ = try await fixture.accounts.authenticate(before.secret)
    }

    @Test func `nobody blocks the way back by opening an account with the address`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let undo = try await stolen(fixture, by: try await fixture.signedInPrincipal(), to: "thief@example.com")
        _ = try await fixture.accounts.register(
            AccountsFixture.registration(), password: "violet-harbour-minute-44", origin: .none)
        let squatter = try #require(try await fixture.store.users.find(emailKey: "ada@example.com"))
        #expect(squatter.id != user.id)
        let restored = try await fixture.accounts.undoEmailChange(token: undo, origin: .none)
        #expect(restored.id == user.id && restored.email.text == "ada@example.com")
        #expect(try await fixture.store.users.find(squatter.id)?.email.text.hasSuffix(".invalid") == true)
        await #expect(throws: AuthError.invalidCredentials) {
            try await fixture.signIn(password: "violet-harbour-minute-44")
        }
    }

    @Test func `who proved the address meanwhile keeps it`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let undo = try await stolen(fixture, by: try await fixture.signedInPrincipal(), to: "thief@example.com")
        try await fixture.addUser()
        for _ in 0..<2 {
            await #expect(throws: AuthError.emailTaken) {
                try await fixture.accounts.undoEmailChange(token: undo, origin: .none)
            }
        }
    }

    @Test func `the way back is open for seven days`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let undo = try await stolen(fixture, by: try await fixture.signedInPrincipal(), to: "thief@example.com")
        fixture.time.advance(by: .days(7))
        await #expect(throws: AuthError.tokenExpired) {
            try await fixture.accounts.undoEmailChange(token: undo, origin: .none)
        }
    }

    private func request(_ fixture: AccountsFixture, _ principal: Principal, _ email: EmailAddress) async throws {
        try await fixture.accounts.requestEmailChange(of: principal, to: email, origin: AccountsFixture.origin)
    }

    private func mailedChange(_ fixture: AccountsFixture, _ principal: Principal) async throws -> String {
        try await request(fixture, principal, Self.new)
        return try await fixture.mailedToken()
    }

    /// - Returns: The token that undoes it.
    private func stolen(
        _ fixture: AccountsFixture, by principal: Principal, to email: String
    ) async throws -> String {
        let now = try await fixture.accounts.authenticate(
            AccessClaims(
                userID: principal.user.id, sessionID: principal.requireSession().id, issuedAt: fixture.time.now,
                expiresAt: fixture.time.now))
        try await request(fixture, now, AccountsFixture.email(email))
        let token = try await fixture.mailedToken()
        fixture.time.advance(by: .seconds(1))
        _ = try await fixture.accounts.confirmEmailChange(token: token, origin: .none)
        return try await fixture.mailedToken()
    }
}
