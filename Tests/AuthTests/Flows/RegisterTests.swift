import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct RegisterTests {
    @Test func `a free address gets an account, a token by its hash, a mail and an audit row`() async throws {
        let fixture = try await AccountsFixture()
        guard case .verificationSent = try await register(fixture) else {
            Issue.record("signed in without a proof")
            return
        }
        let user = try #require(try await fixture.store.users.find(emailKey: "ada@example.com"))
        #expect(user.emailVerifiedAt == nil)
        #expect(!user.isSuperuser)
        let row = try #require(try await fixture.audit(of: user.id).first)
        #expect(row.action == "user.registered")
        #expect(row.actorID == nil)
        #expect(row.origin == AccountsFixture.origin)
        #expect(row.changes["terms_version"] == "2026-01")
        let mail = try #require(try await fixture.mails().first)
        #expect(mail.kind == .verifyEmail)
        #expect(mail.to == "ada@example.com")
        let hash = OneTimeTokens.hash(of: try await fixture.mailedToken())
        let token = try #require(try await fixture.store.oneTimeTokens.consume(hash: hash, purpose: .verifyEmail))
        #expect(token.userID == user.id)
        #expect(token.emailKey == "ada@example.com")
        #expect(token.expiresAt == fixture.time.now + .hours(24))
    }

    @Test func `a taken address costs the same work and one mail, and nothing changes`() async throws {
        let fresh = try await AccountsFixture()
        _ = try await register(fresh)
        let taken = try await AccountsFixture()
        let user = try await taken.addUser()
        let (usesBefore, workBefore) = (taken.database.uses, taken.hashing.work)
        guard case .verificationSent = try await register(taken, password: "another-fine-secret-42") else {
            Issue.record("told apart")
            return
        }
        #expect(zip(taken.database.uses, usesBefore).map(-) == fresh.database.uses)
        #expect(taken.hashing.work - workBefore == fresh.hashing.work)
        #expect(fresh.hashing.work == 1)
        let mails = try await taken.mails()
        #expect(mails.map(\.kind) == [.alreadyRegistered])
        #expect(try await fresh.mails().count == mails.count)
        #expect(try await taken.store.users.find(user.id) == user)
        #expect(try await taken.actions(of: user.id) == ["user.created_by_command"])
        #expect(try await taken.signIn().user.id == user.id)
    }

    @Test func `mails to a taken address are throttled without showing it`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        for _ in 0..<3 { _ = try await register(fixture) }
        #expect(try await fixture.mails().count == 1)
        for _ in 0..<9 {
            fixture.time.advance(by: .minutes(1))
            _ = try await register(fixture)
        }
        #expect(try await fixture.mails().count == 5)
    }

    @Test func `asking for mails beforehand does not keep a new account from its first one`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.accounts.resendVerification(to: AccountsFixture.email(), origin: .none)
        _ = try await register(fixture)
        #expect(try await fixture.mails().map(\.kind) == [.verifyEmail])
    }

    @Test(arguments: [true, false])
    func `a bad password is refused first, whether or not the address is taken`(isTaken: Bool) async throws {
        let fixture = try await AccountsFixture()
        if isTaken { try await fixture.addUser() }
        let (uses, work) = (fixture.database.uses, fixture.hashing.work)
        await #expect(throws: AuthError.passwordRejected([.tooShort(minimum: 12)])) {
            try await register(fixture, password: "k7#wQz")
        }
        await #expect(throws: AuthError.passwordRejected([.containsContext(word: "lovelace")])) {
            try await register(fixture, password: "lovelacelovelace")
        }
        #expect(fixture.database.uses == uses)
        #expect(fixture.hashing.work == work)
    }

    @Test func `of twenty who register an address at once one opens the account`() async throws {
        let fixture = try await AccountsFixture()
        let outcomes = await race(20) { _ in try await register(fixture) }
        #expect(outcomes.successes().count == 20)
        let kinds = try await fixture.mails().map(\.kind)
        #expect(kinds.count { $0 == .verifyEmail } == 1)
        #expect(kinds.count { $0 == .alreadyRegistered } == 1)
        #expect(fixture.hashing.hashes == 20)
    }

    @Test func `too many hashes at once are told with a time`() async throws {
        let fixture = try await AccountsFixture()
        fixture.hashing.change { $0.isOverloaded = true }
        await #expect(throws: AuthError.overloaded(retryAfter: .seconds(2))) { try await register(fixture) }
    }

    @Test func `without verification the new account is signed in and a taken address is told`() async throws {
        let fixture = try await AccountsFixture(requiresVerifiedEmail: false)
        guard case .signedIn(let result) = try await register(fixture) else {
            Issue.record("not signed in")
            return
        }
        #expect(result.user.emailVerifiedAt == nil)
        #expect(try await fixture.principal(result).user == result.user)
        #expect(Set(try await fixture.actions(of: result.user.id)) == ["user.registered", "session.created"])
        #expect(try await fixture.mails().isEmpty)
        await #expect(throws: AuthError.emailTaken) { try await register(fixture) }
    }

    @discardableResult
    private func register(
        _ fixture: AccountsFixture, password: String = AccountsFixture.password
    ) async throws -> RegistrationOutcome {
        try await fixture.accounts.register(
            AccountsFixture.registration(), password: password, origin: AccountsFixture.origin)
    }
}
