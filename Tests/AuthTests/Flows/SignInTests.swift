import Core
import Fakes
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth

struct SignInTests {
    @Test func `the right pair opens a session with both tokens and an audit row`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        let result = try await fixture.accounts.signIn(
            AccountsFixture.email("ADA@example.com"), password: AccountsFixture.password,
            on: SignInDevice(name: "Laptop"), origin: AccountsFixture.origin
        ).signedIn()
        #expect(result.user == user)
        #expect(result.session.deviceName == "Laptop")
        #expect(result.session.ip == "192.0.2.7")
        #expect(result.session.idleExpiresAt == fixture.time.now + .days(7))
        #expect(result.session.expiresAt == fixture.time.now + .days(30))
        let verifier = AccessTokenVerifier(
            issuer: "https://app.example.com", audience: "plinth", ring: fixture.ring)
        let claims = try verifier.verify(result.tokens.accessToken, now: fixture.time.now)
        #expect(claims.sessionID == result.session.id)
        #expect(try await fixture.accounts.authenticate(claims).user == user)
        #expect(result.tokens.accessTokenLifetime == .minutes(5))
        let state = try #require(try await fixture.store.sessions.refreshState(of: result.session.id))
        #expect(state.refresh.hash == RefreshToken(result.tokens.refreshToken)?.hash)
        let created = try #require(try await fixture.audit(of: user.id).first { $0.action == "session.created" })
        #expect(created.actorID == user.id)
        #expect(created.targetID == result.session.id.description)
    }

    @Test func `a wrong password and an unknown address answer alike after the same work`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        var uses: [[Int]] = []
        for (email, dummies) in [("ada@example.com", 0), ("eve@example.com", 1)] {
            let (before, work) = (fixture.database.uses, fixture.hashing.work)
            await #expect(throws: AuthError.invalidCredentials) {
                try await fixture.signIn(email, password: AccountsFixture.wrong)
            }
            uses.append(zip(fixture.database.uses, before).map(-))
            #expect(fixture.hashing.work == work + 1)
            #expect(fixture.hashing.dummyVerifications == dummies)
        }
        #expect(uses[0] == uses[1])
    }

    @Test func `an unproven address is told only after the right password, and is no failure`() async throws {
        let fixture = try await AccountsFixture()
        _ = try await fixture.accounts.register(
            AccountsFixture.registration(), password: AccountsFixture.password, origin: .none)
        await #expect(throws: AuthError.invalidCredentials) {
            try await fixture.signIn(password: AccountsFixture.wrong)
        }
        for _ in 0..<20 {
            await #expect(throws: AuthError.emailNotVerified) { try await fixture.signIn() }
        }
    }

    @Test func `a suspended account is told only after the right password`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        try await fixture.change(user.id) { $0.suspendedAt = fixture.time.now }
        await #expect(throws: AuthError.invalidCredentials) {
            try await fixture.signIn(password: AccountsFixture.wrong)
        }
        await #expect(throws: AuthError.accountSuspended) { try await fixture.signIn() }
        #expect(try await fixture.actions(of: user.id) == ["user.created_by_command"])
    }

    @Test func `an account on its way to deletion gets a session that can do little`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        try await fixture.change(user.id) {
            $0.deletedAt = fixture.time.now
            $0.purgeAt = fixture.time.now + .days(14)
        }
        let principal = try await fixture.principal(try await fixture.signIn())
        #expect(principal.isPendingDeletion)
        await #expect(throws: AuthError.accountPendingDeletion) {
            try await fixture.accounts.listSessions(of: principal, page: PageRequest())
        }
        try await fixture.accounts.signOut(principal, origin: .none)
        fixture.time.advance(by: .days(14))
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn() }
    }

    @Test func `a hash of former parameters is replaced`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        fixture.hashing.change { $0.strength = 2 }
        _ = try await fixture.signIn()
        let stored = try await fixture.store.users.findForSignIn(emailKey: "ada@example.com")?.passwordHash
        #expect(stored == "fake$2$\(AccountsFixture.password)")
        let hashes = fixture.hashing.hashes
        _ = try await fixture.signIn()
        #expect(fixture.hashing.hashes == hashes)
    }

    @Test func `a password changed while the former one was checked opens nothing`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        fixture.hashing.change {
            $0.beforeAnswer = {
                _ = try await fixture.store.users.replacePasswordHash(
                    of: user.id, expected: "fake$1$\(AccountsFixture.password)", with: "fake$1$changed")
            }
        }
        await #expect(throws: AuthError.invalidCredentials) { try await fixture.signIn() }
        let sessions = try await fixture.store.sessions.list(
            of: user.id, liveAt: fixture.time.now, page: PageRequest())
        #expect(sessions.items.isEmpty)
        let stored = try await fixture.store.users.findForSignIn(emailKey: "ada@example.com")?.passwordHash
        #expect(stored == "fake$1$changed")
    }

    @Test func `a suspension while the password was checked opens nothing`() async throws {
        let fixture = try await AccountsFixture()
        let user = try await fixture.addUser()
        fixture.hashing.change {
            $0.beforeAnswer = { try await fixture.change(user.id) { $0.suspendedAt = fixture.time.now } }
        }
        await #expect(throws: AuthError.accountSuspended) { try await fixture.signIn() }
    }

    @Test func `it works with real hashes`() async throws {
        let fixture = try await AccountsFixture()
        let passwords = Passwords(
            parameters: PasswordHasher.Parameters(stored: 8, 1, 1), pool: HashingPool(threads: 1, cost: .zero),
            randomness: .seeded(3))
        let accounts = Accounts(
            database: fixture.database, throttle: Throttle(store: InMemoryKeyValueStore(), time: fixture.time.source),
            passwords: passwords, passwordPolicy: PasswordPolicy(), keys: fixture.keys,
            issuer: fixture.accounts.issuer, configuration: fixture.accounts.configuration, time: fixture.time.source)
        let user = try await accounts.createSuperuser(
            AccountsFixture.registration(), password: AccountsFixture.password)
        let email = AccountsFixture.email()
        let result = try await accounts.signIn(email, password: AccountsFixture.password, origin: .none)
        #expect(try result.signedIn().user == user)
        await #expect(throws: AuthError.invalidCredentials) {
            try await accounts.signIn(email, password: AccountsFixture.wrong, origin: .none)
        }
    }
}
