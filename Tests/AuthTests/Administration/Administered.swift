import Core
import Fakes
import Persistence

@testable import Auth

/// Somebody who administers the installation, and a person to act upon.
struct Administered {
    static let reason = "Ticket 4711"

    let fixture: AccountsFixture
    let administrator: Principal
    let person: User

    init() async throws {
        fixture = try await AccountsFixture()
        person = try await fixture.addUser()
        administrator = try await Self.administrator("root@example.com", in: fixture)
    }

    /// A superuser whose sign-ins ask for a second factor, in a fresh session.
    static func administrator(_ email: String, in fixture: AccountsFixture) async throws -> Principal {
        let user = try await fixture.accounts.openProven(
            AccountsFixture.registration(email), password: AccountsFixture.password, isSuperuser: true)
        let result = try await fixture.signIn(email)
        try await fixture.change(user.id) { $0.hasSecondFactor = true }
        return try await fixture.principal(result)
    }

    @discardableResult
    func suspend(
        _ user: ID<User>? = nil, reason: String = reason, by principal: Principal? = nil
    ) async throws -> User {
        try await fixture.accounts.suspend(
            user ?? person.id, reason: reason, by: principal ?? administrator, origin: AccountsFixture.origin
        ).user
    }

    @discardableResult
    func unsuspend(
        _ user: ID<User>? = nil, reason: String = reason, by principal: Principal? = nil
    ) async throws -> User {
        try await fixture.accounts.unsuspend(
            user ?? person.id, reason: reason, by: principal ?? administrator, origin: AccountsFixture.origin
        ).user
    }

    @discardableResult
    func impersonate(
        _ user: ID<User>? = nil, reason: String = reason, by principal: Principal? = nil
    ) async throws -> Impersonation {
        try await fixture.accounts.impersonate(
            user ?? person.id, reason: reason, by: principal ?? administrator, origin: AccountsFixture.origin)
    }

    @discardableResult
    func create(_ email: String = "new@example.com", by principal: Principal? = nil) async throws -> User {
        try await fixture.accounts.createUser(
            AccountsFixture.registration(email), by: principal ?? administrator, origin: AccountsFixture.origin
        ).user
    }

    @discardableResult
    func update(
        _ changes: AccountChanges, of user: ID<User>? = nil, reason: String? = reason, by principal: Principal? = nil,
        if isExpected: AccountExpectation? = nil
    ) async throws -> User {
        try await fixture.accounts.updateUser(
            user ?? person.id, changes, reason: reason, by: principal ?? administrator,
            origin: AccountsFixture.origin, if: isExpected
        ).user
    }

    @discardableResult
    func delete(
        _ user: ID<User>? = nil, reason: String? = reason, by principal: Principal? = nil,
        if isExpected: AccountExpectation? = nil
    ) async throws -> Timestamp {
        try await fixture.accounts.deleteUser(
            user ?? person.id, reason: reason, by: principal ?? administrator, origin: AccountsFixture.origin,
            if: isExpected)
    }

    @discardableResult
    func endSessions(
        _ user: ID<User>? = nil, reason: String? = reason, by principal: Principal? = nil
    ) async throws -> Int {
        try await fixture.accounts.endSessions(
            of: user ?? person.id, reason: reason, by: principal ?? administrator, origin: AccountsFixture.origin)
    }

    func resetSecondFactors(
        _ user: ID<User>? = nil, reason: String = reason, by principal: Principal? = nil
    ) async throws {
        try await fixture.accounts.resetSecondFactors(
            of: user ?? person.id, reason: reason, by: principal ?? administrator, origin: AccountsFixture.origin)
    }

    /// The row of an act in somebody's log, the latest.
    func row(_ action: String, of user: ID<User>? = nil) async throws -> AuditEvent? {
        try await fixture.audit(of: user ?? person.id).first { $0.action == action }
    }

    /// The administrator in the person's name.
    func acting() async throws -> Principal {
        try await principal(impersonate())
    }

    func principal(_ impersonation: Impersonation) async throws -> Principal {
        try await fixture.accounts.authenticate(
            AccessClaims(
                userID: impersonation.user.id, sessionID: impersonation.session.id, issuedAt: fixture.time.now,
                expiresAt: fixture.time.now + .minutes(5)))
    }

    /// The principal as a request that comes now would have it.
    func readAgain(_ principal: Principal) async throws -> Principal {
        try await fixture.accounts.authenticate(
            AccessClaims(
                userID: principal.user.id, sessionID: principal.requireSession().id, issuedAt: fixture.time.now,
                expiresAt: fixture.time.now + .minutes(5)))
    }

    func isLive(_ session: Session) async throws -> Bool {
        try await fixture.store.sessions.authenticate(session.id)?.session.isLive(at: fixture.time.now) ?? false
    }
}
