import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct APIKeyUseTests {
    @Test func `a key acts for its person within its scopes, in one use of the database`() async throws {
        let (fixture, own, new) = try await keyed()
        let before = fixture.database.uses
        let secret = try #require(APIKeySecret(new.secret.text))
        let principal = try await fixture.accounts.authenticate(secret)
        #expect(zip(fixture.database.uses, before).map(-) == [0, 1])
        #expect(principal.user == own.user)
        #expect(principal.credential == .apiKey(new.key))
        #expect(principal.scopes == Scopes([.filesRead]))
        #expect(own.scopes == nil)
        #expect(principal.needsTouch)
        #expect(throws: AuthError.sessionRequired) { try principal.requireSession() }
        #expect(throws: AuthError.sessionRequired) { try principal.requireFresh(at: fixture.time.now) }
    }

    @Test func `one that the server did not make authenticates nobody, in one use at most`() async throws {
        let (fixture, _, new) = try await keyed()
        let bytes = try #require(Base64URL.decode(new.secret.text.dropFirst(4)))
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            let forged = try #require(APIKeySecret("plk_" + Base64URL.encode(changed)))
            #expect(!forged.isAuthentic(fixture.keys))
            try await isRefused(forged, fixture)
        }
        try await isRefused(.make(key: new.key.id, keys: try .test(), randomness: .seeded(7)), fixture)
        #expect(try await fixture.accounts.authenticate(new.secret).user.id == new.key.userID)
    }

    @Test func `another secret of the same key, or one of no key, authenticates nobody`() async throws {
        let (fixture, _, new) = try await keyed()
        let ids = [new.key.id, .make(at: fixture.time.now, randomness: .seeded(9))]
        for id in ids {
            let secret = APIKeySecret.make(key: id, keys: fixture.keys, randomness: .seeded(99))
            #expect(secret.isAuthentic(fixture.keys))
            try await isRefused(secret, fixture)
        }
    }

    @Test func `a key works until its last microsecond`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let expiresAt = fixture.time.now + .days(30)
        let new = try await fixture.accounts.createAPIKey(
            of: try await fixture.signedInPrincipal(), name: "CI", scopes: Scopes([.filesRead]), expiresAt: expiresAt,
            origin: .none)
        fixture.time.advance(by: .days(30) - .microseconds(1))
        #expect(try await fixture.accounts.authenticate(new.secret).credential == .apiKey(new.key))
        fixture.time.advance(by: .microseconds(1))
        await #expect(throws: AuthError.unauthenticated) { try await fixture.accounts.authenticate(new.secret) }
    }

    @Test func `one without an end outlives every session`() async throws {
        let (fixture, own, new) = try await keyed()
        fixture.time.advance(by: .days(4000))
        #expect(try await fixture.accounts.authenticate(new.secret).user.id == own.user.id)
        #expect(try await !fixture.isLive(own))
    }

    @Test func `it outlives the master key that tagged it`() async throws {
        let (fixture, _, new) = try await keyed()
        let next = AccountsFixture.masterKey(2)
        let rotated = try accounts(fixture, keys: [next, AccountsFixture.masterKey(1)])
        #expect(try await rotated.authenticate(new.secret).credential == .apiKey(new.key))
        #expect(new.secret.isAuthentic(rotated.keys))
        let replaced = try accounts(fixture, keys: [next])
        #expect(try await replaced.authenticate(new.secret).credential == .apiKey(new.key))
        #expect(!new.secret.isAuthentic(replaced.keys))
    }

    @Test func `a suspended person's key opens nothing, and works again afterwards`() async throws {
        let (fixture, own, new) = try await keyed()
        try await fixture.change(own.user.id) { $0.suspendedAt = fixture.time.now }
        await #expect(throws: AuthError.accountSuspended) { try await fixture.accounts.authenticate(new.secret) }
        try await fixture.change(own.user.id) { $0.suspendedAt = nil }
        _ = try await fixture.accounts.authenticate(new.secret)
    }

    @Test func `nor does that of a person on the way to deletion`() async throws {
        let (fixture, own, new) = try await keyed()
        try await fixture.change(own.user.id) {
            $0.deletedAt = fixture.time.now
            $0.purgeAt = fixture.time.now + .days(14)
        }
        await #expect(throws: AuthError.accountPendingDeletion) {
            try await fixture.accounts.authenticate(new.secret)
        }
    }

    @Test func `the last use is written at most every five minutes`() async throws {
        let (fixture, _, new) = try await keyed()
        let first = fixture.time.now
        try await use(new, fixture, needsTouch: true)
        #expect(try await lastUse(new, fixture) == first)
        fixture.time.advance(by: .minutes(5))
        let principal = try await use(new, fixture, needsTouch: false)
        #expect(try await lastUse(new, fixture) == first)
        // Not even if it is asked to.
        try await fixture.accounts.touch(principal)
        #expect(try await lastUse(new, fixture) == first)
        fixture.time.advance(by: .microseconds(1))
        try await use(new, fixture, needsTouch: true)
        #expect(try await lastUse(new, fixture) == fixture.time.now)
        try await use(new, fixture, needsTouch: false)
    }

    @Test func `a key does nothing that takes a session`() async throws {
        let (fixture, own, new) = try await keyed()
        let key = try await fixture.accounts.authenticate(new.secret)
        let passkey = try await fixture.addPasskey(to: own)
        let identity = try await fixture.addIdentity(to: own.user.id)
        let setup = try await fixture.accounts.startAuthenticator(of: own, origin: .none)
        let code = String(
            decoding: TOTP.code(of: setup.secret, step: TOTP.step(at: fixture.time.now)), as: UTF8.self)
        let registration = try TestPasskey(of: own.user.id, credentialID: [9])
            .register(try await fixture.accounts.startPasskey(of: own))
        let assertion = try passkey.held.use(fixture.accounts.startPasskeyUse())
        let (password, other) = (AccountsFixture.password, "violet-harbour-minute-44")
        let acts: [(String, @Sendable (Accounts) async throws -> Void)] = [
            (
                "make a key",
                {
                    _ = try await $0.createAPIKey(
                        of: key, name: "more", scopes: Scopes([.filesWrite]), expiresAt: nil, origin: .none)
                }
            ),
            ("remove a key", { try await $0.removeAPIKey(new.key.id, of: key, origin: .none) }),
            ("change password", { try await $0.changePassword(of: key, from: password, to: other, origin: .none) }),
            (
                "change address",
                {
                    try await $0.requestEmailChange(
                        of: key, to: AccountsFixture.email("b@example.com"), origin: .none)
                }
            ),
            ("sign out", { try await $0.signOut(key, origin: .none) }),
            ("sign others out", { try await $0.signOut(key, scope: .others, origin: .none) }),
            ("sign all out", { try await $0.signOut(key, scope: .global, origin: .none) }),
            ("end other sessions", { try await $0.revokeOtherSessions(by: key, origin: .none) }),
            ("start an app", { _ = try await $0.startAuthenticator(of: key, origin: .none) }),
            ("confirm an app", { _ = try await $0.confirmAuthenticator(of: key, code: code, origin: .none) }),
            ("remove an app", { try await $0.removeAuthenticator(of: key, origin: .none) }),
            ("replace codes", { _ = try await $0.replaceRecoveryCodes(of: key, origin: .none) }),
            ("start a passkey", { _ = try await $0.startPasskey(of: key) }),
            ("add a passkey", { _ = try await $0.addPasskey(registration, name: "x", of: key, origin: .none) }),
            ("remove a passkey", { try await $0.removePasskey(passkey.stored.id, of: key, origin: .none) }),
            ("unlink", { try await $0.removeIdentity(identity.id, of: key, origin: .none) }),
            ("show a password", { _ = try await $0.reauthenticate(key, password: password, origin: .none) }),
            ("show a code", { _ = try await $0.reauthenticate(key, by: .code(code), origin: .none) }),
            ("show a passkey", { _ = try await $0.reauthenticate(key, by: .passkey(assertion), origin: .none) }),
        ]
        let before = try await fixture.actions(of: own.user.id).sorted()
        for (name, act) in acts {
            await #expect(throws: AuthError.sessionRequired, "\(name)") { try await act(fixture.accounts) }
        }
        #expect(try await fixture.actions(of: own.user.id).sorted() == before)
        #expect(try await fixture.isLive(own))
        #expect(try await fixture.passwordHash() == "fake$1$\(password)")
    }

    @Test func `whoever holds a key learns of no password by it, and uses up nobody's tries`() async throws {
        let (fixture, own, new) = try await keyed()
        let key = try await fixture.accounts.authenticate(new.secret)
        for _ in 0..<12 {
            await #expect(throws: AuthError.sessionRequired) {
                try await fixture.accounts.reauthenticate(key, password: AccountsFixture.wrong, origin: .none)
            }
            await #expect(throws: AuthError.sessionRequired) {
                try await fixture.accounts.reauthenticate(key, by: .code("000000"), origin: .none)
            }
        }
        _ = try await fixture.accounts.reauthenticate(own, password: AccountsFixture.password, origin: .none)
    }

    private func keyed() async throws -> (AccountsFixture, Principal, NewAPIKey) {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let own = try await fixture.signedInPrincipal()
        let new = try await fixture.accounts.createAPIKey(
            of: own, name: "CI", scopes: Scopes([.filesRead]), expiresAt: nil, origin: AccountsFixture.origin)
        return (fixture, own, new)
    }

    private func isRefused(_ secret: APIKeySecret, _ fixture: AccountsFixture) async throws {
        let before = fixture.database.uses
        await #expect(throws: AuthError.unauthenticated) { try await fixture.accounts.authenticate(secret) }
        let uses = zip(fixture.database.uses, before).map(-)
        #expect(uses[0] == 0 && uses[1] <= 1)
    }

    @discardableResult
    private func use(_ new: NewAPIKey, _ fixture: AccountsFixture, needsTouch: Bool) async throws -> Principal {
        let principal = try await fixture.accounts.authenticate(new.secret)
        #expect(principal.needsTouch == needsTouch)
        if principal.needsTouch { try await fixture.accounts.touch(principal) }
        return principal
    }

    private func lastUse(_ new: NewAPIKey, _ fixture: AccountsFixture) async throws -> Timestamp? {
        try await fixture.store.apiKeys.authenticate(new.key.id)?.key.lastUsedAt
    }

    /// The same installation under other master keys.
    private func accounts(_ fixture: AccountsFixture, keys: [String]) throws -> Accounts {
        Accounts(
            database: fixture.database, throttle: fixture.accounts.throttle, hashing: fixture.hashing,
            passwordPolicy: PasswordPolicy(), keys: try MasterKeys(hexadecimal: keys),
            issuer: fixture.accounts.issuer, configuration: fixture.accounts.configuration, time: fixture.time.source,
            randomness: .seeded(5))
    }
}
