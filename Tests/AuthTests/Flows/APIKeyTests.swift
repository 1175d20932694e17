import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct APIKeyTests {
    private static let scopes = Scopes([.usersRead, .filesWrite])

    @Test func `the secret is shown once, and only its hash is kept`() async throws {
        let (fixture, own) = try await signedIn()
        let new = try await make(fixture, own)
        let (stored, hash, user) = try #require(try await fixture.store.apiKeys.authenticate(new.key.id))
        #expect(stored == new.key)
        #expect(hash == APIKeySecret(new.secret.text)?.hash)
        #expect(user.id == own.user.id)
        #expect(new.secret.keyID == new.key.id)
        #expect(new.secret.text.hasPrefix(new.key.prefix))
        let hidden = new.secret.text.dropFirst(new.key.prefix.count)
        let listed = try await fixture.accounts.listAPIKeys(of: own, page: PageRequest()).items
        #expect(listed == [new.key])
        let rows = try await fixture.audit(of: own.user.id)
        let jobs = try await fixture.mailJobs().map { String(decoding: $0.parameters, as: UTF8.self) }
        for text in ["\(new)", "\(listed)", "\(rows)", "\(jobs)"] { #expect(!text.contains(hidden)) }
    }

    @Test func `its person is told by mail and in the application, and the log says what it may`() async throws {
        let (fixture, own) = try await signedIn()
        let new = try await make(fixture, own, name: "Deploy")
        let row = try #require(try await fixture.audit(of: own.user.id).first { $0.action == "api_key.created" })
        #expect(row.actorID == own.user.id)
        #expect(row.targetType == "api_key")
        #expect(row.targetID == new.key.id.description)
        #expect(row.changes == ["scopes": "files:write users:read"] && row.personal == ["name": "Deploy"])
        #expect(row.origin == AccountsFixture.origin)
        #expect(try await fixture.mails().filter { $0.kind == .apiKeyCreated }.map(\.to) == ["ada@example.com"])
        #expect(new.key.name == "Deploy")
        #expect(new.key.scopes == Self.scopes)
        #expect(new.key.createdAt == fixture.time.now)
        #expect(new.key.lastUsedAt == nil)
    }

    @Test func `making one takes a fresh session, taking it away takes a session`() async throws {
        let (fixture, own) = try await signedIn()
        let key = try await make(fixture, own).key
        fixture.time.advance(by: .minutes(15) - .microseconds(1))
        _ = try await make(fixture, own)
        fixture.time.advance(by: .microseconds(1))
        await #expect(throws: AuthError.reauthenticationRequired) { try await make(fixture, own) }
        try await fixture.accounts.removeAPIKey(key.id, of: own, origin: .none)
    }

    @Test(arguments: [0, -1, -86_400_000_000])
    func `one that would have ended already is not made`(microseconds: Int64) async throws {
        let (fixture, own) = try await signedIn()
        let past = fixture.time.now + .microseconds(microseconds)
        await #expect(throws: AuthError.expiryPassed) { try await make(fixture, own, expiresAt: past) }
        #expect(try await fixture.store.apiKeys.count(of: own.user.id) == 0)
        #expect(try await !fixture.actions(of: own.user.id).contains("api_key.created"))
        let soon = try await make(fixture, own, expiresAt: fixture.time.now + .microseconds(1))
        #expect(try await fixture.accounts.authenticate(soon.secret).user.id == own.user.id)
    }

    @Test func `a person has fifty at most, whatever others have`() async throws {
        let (fixture, own) = try await signedIn()
        let keys = try await fill(fixture, own)
        await #expect(throws: AuthError.tooManyAPIKeys) { try await make(fixture, own) }
        #expect(try await fixture.store.apiKeys.count(of: own.user.id) == 50)
        try await fixture.addUser("eve@example.com")
        _ = try await make(fixture, try await fixture.signedInPrincipal("eve@example.com"))
        try await fixture.accounts.removeAPIKey(keys[7].id, of: own, origin: .none)
        _ = try await make(fixture, own)
        await #expect(throws: AuthError.tooManyAPIKeys) { try await make(fixture, own) }
    }

    @Test func `of sixty made at once fifty are`() async throws {
        let (fixture, own) = try await signedIn()
        let results = await race(60) { index in try await make(fixture, own, name: "key \(index)") }
        #expect(results.successes().count == 50)
        #expect(results.failures(.tooManyAPIKeys) == 10)
        #expect(try await fixture.store.apiKeys.count(of: own.user.id) == 50)
        #expect(try await fixture.actions(of: own.user.id).count { $0 == "api_key.created" } == 50)
        #expect(try await fixture.mails().count { $0.kind == .apiKeyCreated } == 50)
        for new in results.successes() {
            #expect(try await fixture.accounts.authenticate(new.secret).credential == .apiKey(new.key))
        }
    }

    @Test func `one taken away is dead at once, and is not found again`() async throws {
        let (fixture, own) = try await signedIn()
        let (new, other) = (try await make(fixture, own), try await make(fixture, own))
        try await fixture.accounts.removeAPIKey(new.key.id, of: own, origin: AccountsFixture.origin)
        await #expect(throws: AuthError.unauthenticated) { try await fixture.accounts.authenticate(new.secret) }
        #expect(try await fixture.accounts.authenticate(other.secret).credential == .apiKey(other.key))
        await #expect(throws: AuthError.notFound) {
            try await fixture.accounts.removeAPIKey(new.key.id, of: own, origin: .none)
        }
        let rows = try await fixture.audit(of: own.user.id).filter { $0.action == "api_key.removed" }
        #expect(rows.map(\.targetID) == [new.key.id.description])
        #expect(rows.map(\.actorID) == [own.user.id])
    }

    @Test func `another person's is not found, not listed, and lives on`() async throws {
        let (fixture, own) = try await signedIn()
        let new = try await make(fixture, own)
        try await fixture.addUser("eve@example.com")
        let stranger = try await fixture.signedInPrincipal("eve@example.com")
        await #expect(throws: AuthError.notFound) {
            try await fixture.accounts.removeAPIKey(new.key.id, of: stranger, origin: .none)
        }
        #expect(try await fixture.accounts.listAPIKeys(of: stranger, page: PageRequest()).items.isEmpty)
        #expect(try await fixture.accounts.authenticate(new.secret).user == own.user)
        #expect(try await !fixture.actions(of: stranger.user.id).contains("api_key.removed"))
    }

    @Test func `an account on its way to deletion makes, lists and removes none`() async throws {
        let (fixture, own) = try await signedIn()
        let new = try await make(fixture, own)
        try await fixture.change(own.user.id) {
            $0.deletedAt = fixture.time.now
            $0.purgeAt = fixture.time.now + .days(14)
        }
        let leaving = try await fixture.refreshed(own)
        await #expect(throws: AuthError.accountPendingDeletion) { try await make(fixture, leaving) }
        await #expect(throws: AuthError.accountPendingDeletion) {
            try await fixture.accounts.listAPIKeys(of: leaving, page: PageRequest())
        }
        await #expect(throws: AuthError.accountPendingDeletion) {
            try await fixture.accounts.removeAPIKey(new.key.id, of: leaving, origin: .none)
        }
    }

    private func signedIn() async throws -> (AccountsFixture, Principal) {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        return (fixture, try await fixture.signedInPrincipal())
    }

    @discardableResult
    private func make(
        _ fixture: AccountsFixture, _ principal: Principal, name: String = "CI", expiresAt: Timestamp? = nil
    ) async throws -> NewAPIKey {
        try await fixture.accounts.createAPIKey(
            of: principal, name: name, scopes: Self.scopes, expiresAt: expiresAt, origin: AccountsFixture.origin)
    }

    /// As many as there may be.
    private func fill(_ fixture: AccountsFixture, _ principal: Principal) async throws -> [APIKey] {
        var keys: [APIKey] = []
        for _ in 0..<50 { keys.append(try await make(fixture, principal).key) }
        return keys
    }
}
