import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// Passwords whose hash is replaced, to stronger parameters or for another password, while they are looked at.
struct RehashTests {
    private static let new = "violet-harbour-minute-44"

    private let fixture: AccountsFixture
    private let user: User

    init() async throws {
        fixture = try await AccountsFixture()
        user = try await fixture.addUser()
        // What is stored is of strength 1.
        fixture.hashing.change { $0.strength = 2 }
    }

    private func stored() async throws -> String? {
        try await fixture.passwordHash()
    }

    @Test func `of eight right sign-ins at once all get in`() async throws {
        let all = Rendezvous(8)
        fixture.hashing.change { $0.beforeEachAnswer = { await all.arrive() } }
        let results = await race(8) { _ in try await fixture.signIn() }
        #expect(results.successes().count == 8)
        #expect(try await fixture.sessionCount(of: user.id) == 8)
        #expect(try await stored() == "fake$2$\(AccountsFixture.password)")
        // Each looks at most once more, and only one replaces what is stored.
        #expect(fixture.hashing.verifications <= 16)
    }

    @Test func `so do those who are asked for a second factor`() async throws {
        let enrolled = try await Enrolled()
        let (fixture, all) = (enrolled.fixture, Rendezvous(2))
        fixture.hashing.change {
            $0.strength = 2
            $0.beforeEachAnswer = { await all.arrive() }
        }
        let requests = await race(2) { _ in try await fixture.signInOutcome().request() }.successes()
        try #require(requests.count == 2)
        for (request, code) in zip(requests, enrolled.codes) {
            _ = try await enrolled.answer(.recoveryCode(code.text), request)
        }
    }

    @Test func `a sign-in in between does not refuse the one around it`() async throws {
        fixture.hashing.change { [fixture] in $0.beforeAnswer = { _ = try await fixture.signIn() } }
        let verifications = fixture.hashing.verifications
        _ = try await fixture.signIn()
        #expect(fixture.hashing.verifications == verifications + 3)
        #expect(try await stored() == "fake$2$\(AccountsFixture.password)")
    }

    @Test func `another password in between does, whatever came before it`() async throws {
        fixture.hashing.change { [fixture, user] in
            $0.beforeAnswer = {
                _ = try await fixture.signIn()
                // Before the second look answers.
                fixture.hashing.change {
                    $0.beforeAnswer = {
                        try await fixture.store.users.setPasswordHash(of: user.id, to: "fake$2$\(Self.new)")
                    }
                }
            }
        }
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn() }
        #expect(try await fixture.sessionCount(of: user.id) == 1)
        #expect(try await stored() == "fake$2$\(Self.new)")
    }

    @Test func `a password that is gone in between does`() async throws {
        fixture.hashing.change { [fixture, user] in
            $0.beforeAnswer = { try await fixture.store.users.setPasswordHash(of: user.id, to: nil) }
        }
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn() }
        #expect(try await stored() == nil)
    }

    @Test func `nobody looks a third time`() async throws {
        fixture.hashing.change { [fixture, user] in
            $0.beforeEachAnswer = {
                try? await fixture.store.users.setPasswordHash(
                    of: user.id, to: "fake$\(fixture.hashing.verifications + 10)$\(AccountsFixture.password)")
            }
        }
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn() }
        #expect(fixture.hashing.verifications == 2)
        #expect(try await fixture.sessionCount(of: user.id) == 0)
    }

    @Test func `eight who sign in while the password is changed are out, or never in`() async throws {
        let own = try await fixture.signedInPrincipal()
        fixture.hashing.change { $0.strength = 3 }
        let all = Rendezvous(9)
        fixture.hashing.change { $0.beforeEachAnswer = { await all.arrive() } }
        let results = await race(9) { index in
            if index == 4 {
                try await fixture.accounts.changePassword(
                    of: own, from: AccountsFixture.password, to: Self.new, origin: .none)
            } else {
                _ = try await fixture.signIn()
            }
        }
        #expect(results.successes().count + results.failures(.invalidCredentials) == 9)
        #expect(try await stored() == "fake$3$\(Self.new)")
        #expect(try await fixture.sessionCount(of: user.id) == 1)
        #expect(try await fixture.isLive(own))
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn() }
    }

    @Test func `a sign-in in between does not refuse a change of password`() async throws {
        let own = try await fixture.signedInPrincipal()
        fixture.hashing.change { [fixture] in
            $0.strength = 3
            $0.beforeAnswer = { _ = try await fixture.signIn() }
        }
        try await fixture.accounts.changePassword(
            of: own, from: AccountsFixture.password, to: Self.new, origin: .none)
        #expect(try await stored() == "fake$3$\(Self.new)")
        #expect(try await fixture.sessionCount(of: user.id) == 1)
    }
}
