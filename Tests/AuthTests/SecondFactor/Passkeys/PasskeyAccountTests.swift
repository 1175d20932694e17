import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// What becomes of a passkey whose account, or which itself, is no longer as it was.
struct PasskeyAccountTests {
    @Test func `a suspended account is told so, by its own passkey only`() async throws {
        let (fixture, own, passkey) = try await withPasskey()
        try await fixture.change(own.user.id) { $0.suspendedAt = fixture.time.now }
        await #expect(throws: AuthError.accountSuspended) { try await fixture.signIn(by: passkey) }
        let forger = TestPasskey(of: own.user.id, credentialID: passkey.credentialID)
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn(by: forger) }
    }

    @Test func `an address never proven is told so`() async throws {
        let (fixture, own, passkey) = try await withPasskey()
        try await fixture.change(own.user.id) { $0.emailVerifiedAt = nil }
        await #expect(throws: AuthError.emailNotVerified) { try await fixture.signIn(by: passkey) }
        #expect(try await fixture.sessionCount(of: own.user.id) == 1)
    }

    @Test func `an account on its way to deletion gets a session that can do little`() async throws {
        let (fixture, own, passkey) = try await withPasskey()
        try await fixture.change(own.user.id) {
            $0.deletedAt = fixture.time.now
            $0.purgeAt = fixture.time.now + .days(14)
        }
        let result = try await fixture.signIn(by: passkey).signedIn()
        #expect(try await fixture.principal(result).isPendingDeletion)
        fixture.time.advance(by: .days(14))
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn(by: passkey) }
    }

    @Test func `one taken away opens nothing, and ends the other sessions`() async throws {
        let (fixture, own, passkey) = try await withPasskey()
        let other = try await fixture.principal(fixture.signIn(by: passkey).signedIn())
        let stored = try #require(try await fixture.accounts.listPasskeys(of: own).first)
        try await fixture.accounts.removePasskey(stored.id, of: own, origin: AccountsFixture.origin)
        #expect(try await fixture.isLive(own))
        #expect(try await !fixture.isLive(other))
        #expect(try await fixture.accounts.listPasskeys(of: own).isEmpty)
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn(by: passkey) }
        let rows = try await fixture.audit(of: own.user.id).filter { $0.action == "passkey.removed" }
        #expect(rows.map(\.targetID) == [stored.id.description])
        #expect(try await fixture.mails().count { $0.kind == .passkeyRemoved } == 1)
        #expect(try await fixture.notices(of: own.user.id).count { $0 == .passkeyRemoved } == 1)
        await #expect(throws: AuthError.notFound) {
            try await fixture.accounts.removePasskey(stored.id, of: own, origin: .none)
        }
        // It may come back, to whoever has it.
        _ = try await fixture.addPasskey(to: own, authenticator: passkey.authenticator)
        _ = try await fixture.signIn(by: passkey).signedIn()
    }

    @Test func `taking one away takes a fresh session, and one's own`() async throws {
        let (fixture, own, passkey) = try await withPasskey()
        let stored = try #require(try await fixture.accounts.listPasskeys(of: own).first)
        try await fixture.addUser("eve@example.com")
        let eve = try await fixture.signedInPrincipal("eve@example.com")
        await #expect(throws: AuthError.notFound) {
            try await fixture.accounts.removePasskey(stored.id, of: eve, origin: .none)
        }
        fixture.time.advance(by: .minutes(15))
        await #expect(throws: AuthError.reauthenticationRequired) {
            try await fixture.accounts.removePasskey(stored.id, of: own, origin: .none)
        }
        _ = try await fixture.signIn(by: passkey).signedIn()
    }

    @Test(arguments: [
        (false, false, false, false), (true, false, false, true), (false, true, false, true),
        (false, false, true, true),
    ])
    func `the last thing to sign in with stays`(
        hasPassword: Bool, hasIdentity: Bool, hasOther: Bool, mayGo: Bool
    ) async throws {
        let (fixture, own, passkey) = try await withPasskey()
        let stored = try #require(try await fixture.accounts.listPasskeys(of: own).first)
        if hasOther { _ = try await fixture.addPasskey(to: own, credentialID: [2]) }
        if hasIdentity { try await fixture.addIdentity(to: own.user.id) }
        if !hasPassword { try await fixture.store.users.setPasswordHash(of: own.user.id, to: nil) }
        let other = try await fixture.principal(fixture.signIn(by: passkey).signedIn())
        if mayGo {
            try await fixture.accounts.removePasskey(stored.id, of: own, origin: .none)
        } else {
            await #expect(throws: AuthError.lastCredential) {
                try await fixture.accounts.removePasskey(stored.id, of: own, origin: .none)
            }
            _ = try await fixture.signIn(by: passkey).signedIn()
        }
        #expect(try await fixture.isLive(other) == !mayGo)
        #expect(try await fixture.actions(of: own.user.id).contains("passkey.removed") == mayGo)
        #expect(try await fixture.mails().contains { $0.kind == .passkeyRemoved } == mayGo)
    }

    @Test func `of all things to sign in with taken away at once, one stays`() async throws {
        let (fixture, own, _) = try await withPasskey()
        for index in 2...5 { _ = try await fixture.addPasskey(to: own, credentialID: [UInt8(index)]) }
        let identity = try await fixture.addIdentity(to: own.user.id)
        try await fixture.store.users.setPasswordHash(of: own.user.id, to: nil)
        let passkeys = try await fixture.accounts.listPasskeys(of: own)
        let results = await race(6) { index in
            if index < 5 {
                try await fixture.accounts.removePasskey(passkeys[index].id, of: own, origin: .none)
            } else {
                try await fixture.accounts.removeIdentity(identity.id, of: own, origin: .none)
            }
        }
        #expect(results.successes().count == 5)
        #expect(results.failures(.lastCredential) == 1)
        let left =
            try await fixture.store.passkeys.list(of: own.user.id).count
            + fixture.store.identities.list(of: own.user.id).count
        #expect(left == 1)
    }

    @Test func `ten failures make whoever brings it wait, and nobody else`() async throws {
        let (fixture, _, passkey) = try await withPasskey()
        try await fixture.addUser("eve@example.com")
        let eve = try await fixture.signedInPrincipal("eve@example.com")
        let other = try await fixture.addPasskey(to: eve, credentialID: [2]).held
        for _ in 0..<10 {
            await #expect(throws: AuthError.invalidCredentials) {
                try await fixture.signIn(by: passkey) { $0.flags = 0x01 }
            }
        }
        await #expect(throws: AuthError.throttled(retryAfter: .minutes(1))) { try await fixture.signIn(by: passkey) }
        _ = try await fixture.signIn(by: other).signedIn()
        _ = try await fixture.signIn()
        fixture.time.advance(by: .minutes(1))
        _ = try await fixture.signIn(by: passkey).signedIn()
    }

    private func withPasskey() async throws -> (AccountsFixture, Principal, TestPasskey) {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        return (fixture, own, try await fixture.addPasskey(to: own).held)
    }
}
