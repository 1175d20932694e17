import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// Who may act upon other people's accounts.
struct AdministratorTests {
    private typealias Maker = @Sendable (Administered) async throws -> Principal

    private static let refused: [(name: String, error: AuthError, principal: Maker)] = [
        ("a person", .forbidden, { try await $0.signedIn("eve@example.com") }),
        (
            "a superuser without a second factor", .secondFactorRequired,
            { administered in
                try await administered.fixture.change(administered.administrator.user.id) {
                    $0.hasSecondFactor = false
                }
                return try await administered.readAgain(administered.administrator)
            }
        ),
        (
            "a session that is not fresh", .reauthenticationRequired,
            { administered in
                administered.fixture.time.advance(by: Lifetimes.privilegedWindow)
                return administered.administrator
            }
        ),
        (
            "an API key", .sessionRequired,
            { administered in
                let made = try await administered.fixture.accounts.createAPIKey(
                    of: administered.administrator, name: "CI", scopes: Scopes([.usersWrite]), expiresAt: nil,
                    origin: .none)
                return try await administered.fixture.accounts.authenticate(made.secret)
            }
        ),
        (
            "a superuser on the way to deletion", .accountPendingDeletion,
            { administered in
                let time = administered.fixture.time.now
                try await administered.fixture.change(administered.administrator.user.id) {
                    ($0.deletedAt, $0.purgeAt) = (time, time + .days(14))
                }
                return try await administered.readAgain(administered.administrator)
            }
        ),
        (
            "somebody in another's name", .impersonating,
            { administered in
                let eve = try await administered.fixture.addUser("eve@example.com")
                return try await administered.principal(administered.impersonate(eve.id))
            }
        ),
        (
            "a session that has ended since", .sessionRevoked,
            { administered in
                try await administered.fixture.accounts.signOut(administered.administrator, origin: .none)
                return administered.administrator
            }
        ),
        (
            "a superuser who is none any more", .forbidden,
            { administered in
                try await administered.fixture.change(administered.administrator.user.id) { $0.isSuperuser = false }
                return administered.administrator
            }
        ),
        (
            "a superuser whose second factor is gone", .secondFactorRequired,
            { administered in
                try await administered.fixture.change(administered.administrator.user.id) {
                    $0.hasSecondFactor = false
                }
                return administered.administrator
            }
        ),
    ]

    @Test(arguments: refused.map(\.name)) func `nobody's account is touched by`(name: String) async throws {
        let refused = try #require(Self.refused.first { $0.name == name })
        let administered = try await Administered()
        let own = try await administered.fixture.signedInPrincipal()
        let principal = try await refused.principal(administered)
        let person = try await administered.fixture.store.users.find(administered.person.id)
        let rows = try await administered.fixture.actions(of: administered.person.id)
        await #expect(throws: refused.error) { try await administered.suspend(by: principal) }
        await #expect(throws: refused.error) { try await administered.unsuspend(by: principal) }
        await #expect(throws: refused.error) { try await administered.impersonate(by: principal) }
        await #expect(throws: refused.error) { try await administered.create(by: principal) }
        await #expect(throws: refused.error) {
            try await administered.update(AccountChanges(isSuperuser: true), by: principal)
        }
        await #expect(throws: refused.error) { try await administered.delete(by: principal) }
        await #expect(throws: refused.error) { try await administered.endSessions(by: principal) }
        await #expect(throws: refused.error) { try await administered.resetSecondFactors(by: principal) }
        #expect(try await administered.fixture.store.users.find(emailKey: "new@example.com") == nil)
        #expect(try await administered.fixture.store.users.find(administered.person.id) == person)
        #expect(try await administered.fixture.actions(of: administered.person.id) == rows)
        #expect(try await administered.fixture.isLive(own))
    }

    @Test func `what is only looked at takes no fresh session`() async throws {
        let administered = try await Administered()
        let accounts = administered.fixture.accounts
        administered.fixture.time.advance(by: Lifetimes.privilegedWindow)
        let (stale, id) = (administered.administrator, administered.person.id)
        #expect(try await accounts.overview(of: id, by: stale).user == administered.person)
        #expect(try await accounts.listUsers(matching: UserFilter(), by: stale, page: PageRequest()).items.count == 2)
        #expect(try await accounts.listSessions(of: id, by: stale, page: PageRequest()).items.isEmpty)
        #expect(
            try await !accounts.auditLog(.everything, matching: .none, by: stale, page: PageRequest()).items.isEmpty)
        #expect(try await accounts.installationCounts(by: stale).accounts == 2)
    }

    /// Those whose rights the request itself shows; what it shows is a moment old at most.
    @Test(arguments: [
        "a person", "a superuser without a second factor", "an API key", "a superuser on the way to deletion",
        "somebody in another's name",
    ])
    func `nothing is shown to`(name: String) async throws {
        let refused = try #require(Self.refused.first { $0.name == name })
        let administered = try await Administered()
        let (accounts, id) = (administered.fixture.accounts, administered.person.id)
        let principal = try await refused.principal(administered)
        let page = PageRequest()
        await #expect(throws: refused.error) { try await accounts.overview(of: id, by: principal) }
        await #expect(throws: refused.error) {
            try await accounts.listUsers(matching: UserFilter(), by: principal, page: page)
        }
        await #expect(throws: refused.error) { try await accounts.listSessions(of: id, by: principal, page: page) }
        await #expect(throws: refused.error) {
            try await accounts.auditLog(.everything, matching: .none, by: principal, page: page)
        }
        await #expect(throws: refused.error) { try await accounts.installationCounts(by: principal) }
    }

    @Test func `nobody acts upon the own account, or one that is not there`() async throws {
        let administered = try await Administered()
        let own = administered.administrator.user.id
        let absent = ID<User>(high: 1, low: 1)
        let purged = try await administered.fixture.addUser("gone@example.com")
        let past = administered.fixture.time.now - .days(1)
        try await administered.fixture.change(purged.id) { ($0.deletedAt, $0.purgeAt) = (past - .days(14), past) }
        for (id, error) in [(own, AuthError.forbidden), (absent, .notFound), (purged.id, .notFound)] {
            await #expect(throws: error) { try await administered.suspend(id) }
            await #expect(throws: error) { try await administered.unsuspend(id) }
            await #expect(throws: error) { try await administered.impersonate(id) }
            await #expect(throws: error) { try await administered.update(AccountChanges(isSuperuser: false), of: id) }
            await #expect(throws: error) { try await administered.delete(id) }
            await #expect(throws: error) { try await administered.endSessions(id) }
            await #expect(throws: error) { try await administered.resetSecondFactors(id) }
        }
        #expect(try await administered.fixture.store.users.find(own)?.isSuperuser == true)
        #expect(try await administered.fixture.isLive(administered.administrator))
    }

    @Test(arguments: [
        "", " \n\t ", String(repeating: "x", count: 501), "a\u{0}b", "a\u{1B}[2Jb", "\u{202E}gniht",
        "e" + String(repeating: "\u{301}", count: 5000),
    ])
    func `a reason is asked for that can be read`(reason: String) async throws {
        let administered = try await Administered()
        await #expect(throws: AuthError.reasonRejected) { try await administered.suspend(reason: reason) }
        await #expect(throws: AuthError.reasonRejected) { try await administered.unsuspend(reason: reason) }
        await #expect(throws: AuthError.reasonRejected) { try await administered.impersonate(reason: reason) }
        await #expect(throws: AuthError.reasonRejected) {
            try await administered.update(AccountChanges(isSuperuser: true), reason: reason)
        }
        await #expect(throws: AuthError.reasonRejected) { try await administered.delete(reason: reason) }
        await #expect(throws: AuthError.reasonRejected) { try await administered.endSessions(reason: reason) }
        await #expect(throws: AuthError.reasonRejected) { try await administered.resetSecondFactors(reason: reason) }
        #expect(try await administered.fixture.store.users.find(administered.person.id) == administered.person)
    }

    @Test func `a reason is kept as it was given, without the white space around it`() async throws {
        let administered = try await Administered()
        let lines = "Spam, see\nticket 7 💌" + String(repeating: "é", count: 480)
        try await administered.suspend(reason: "  \(lines)\n")
        let row = try #require(
            try await administered.fixture.audit(of: administered.person.id).first { $0.action == "user.suspended" })
        #expect(row.personal == ["reason": lines])
    }
}

extension Administered {
    fileprivate func signedIn(_ email: String) async throws -> Principal {
        try await fixture.addUser(email)
        return try await fixture.signedInPrincipal(email)
    }
}
