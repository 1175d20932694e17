import Core
import Fakes
import Persistence
import Testing

@testable import Auth

/// What administrators do with flags.
struct FlagChangeTests {
    private static let key = FlagKey(stored: "new-editor")
    private static let definition = FlagDefinition(
        description: "The editor", rules: [FlagRule(.plan, .isOneOf, ["pro", "team"], percentage: 50)])

    private func set(
        _ administered: Administered, _ definition: FlagDefinition = definition, key: FlagKey = key,
        by principal: Principal? = nil, if isExpected: FlagExpectation = { _ in true }
    ) async throws -> FeatureFlag {
        try await administered.fixture.accounts.setFlag(
            key, to: definition, by: principal ?? administered.administrator, origin: AccountsFixture.origin,
            if: isExpected)
    }

    private func remove(
        _ administered: Administered, key: FlagKey = key, if isExpected: FlagExpectation = { _ in true }
    ) async throws {
        try await administered.fixture.accounts.removeFlag(
            key, by: administered.administrator, origin: AccountsFixture.origin, if: isExpected)
    }

    /// What the logs say of flags, oldest first.
    private func rows(_ administered: Administered) async throws -> [AuditEvent] {
        try await administered.fixture.store.auditLog
            .list(.everything, matching: .none, page: PageRequest(limit: 100))
            .items.filter { $0.targetType == "flag" }.reversed()
    }

    @Test func `a flag is made, changed and removed, each with a row in nobody's log`() async throws {
        let administered = try await Administered()
        let made = try await set(administered)
        #expect(made.description == "The editor" && made.rules == Self.definition.rules && !made.isOnByDefault)
        administered.fixture.time.advance(by: .seconds(1))
        let changed = try await set(administered, FlagDefinition(isOnByDefault: true))
        #expect(changed.createdAt == made.createdAt && changed.updatedAt > made.updatedAt)
        #expect(changed.isOnByDefault && changed.rules.isEmpty && changed.description.isEmpty)
        administered.fixture.time.advance(by: .seconds(1))
        try await remove(administered)
        #expect(try await administered.fixture.store.flags.all().all.isEmpty)

        let rows = try await rows(administered)
        #expect(rows.map(\.action) == ["flag.created", "flag.updated", "flag.deleted"])
        #expect(
            rows.map(\.changes) == [
                ["description": "The editor", "default": "false", "rules": "plan in pro,team 50% true"],
                ["description": "", "default": "true", "rules": ""],
                ["description": "", "default": "true", "rules": ""],
            ])
        for row in rows {
            #expect(row.actorID == administered.administrator.user.id)
            #expect(row.userID == nil && row.teamID == nil && row.targetID == "new-editor")
            #expect(row.origin == AccountsFixture.origin)
        }
    }

    @Test func `what is so already is not changed again`() async throws {
        let administered = try await Administered()
        let made = try await set(administered)
        administered.fixture.time.advance(by: .seconds(1))
        #expect(try await set(administered) == made)
        #expect(try await rows(administered).count == 1)
    }

    @Test func `a flag that is no longer what it was taken for stays`() async throws {
        let administered = try await Administered()
        await #expect(throws: AuthError.preconditionFailed) { try await set(administered) { $0 != nil } }
        let made = try await set(administered)
        _ = try await set(administered, FlagDefinition(isOnByDefault: true)) { $0 == made }
        await #expect(throws: AuthError.preconditionFailed) { try await set(administered) { $0 == made } }
        await #expect(throws: AuthError.preconditionFailed) { try await remove(administered) { $0 == made } }
        #expect(try await administered.fixture.store.flags.find(Self.key)?.isOnByDefault == true)
        #expect(try await rows(administered).count == 2)
    }

    @Test func `what is not there is neither shown nor removed`() async throws {
        let administered = try await Administered()
        let accounts = administered.fixture.accounts
        await #expect(throws: AuthError.notFound) { try await remove(administered) }
        await #expect(throws: AuthError.notFound) {
            try await accounts.flag(Self.key, by: administered.administrator)
        }
        let made = try await set(administered)
        #expect(try await accounts.flag(Self.key, by: administered.administrator) == made)
        #expect(try await accounts.listFlags(by: administered.administrator) == [made])
    }

    @Test func `an installation has no more flags than it may, but changes those it has`() async throws {
        let administered = try await Administered()
        for number in 0..<FeatureFlag.most {
            _ = try await administered.fixture.store.flags.save(
                FeatureFlag(
                    key: FlagKey(stored: "flag-\(number)"), createdAt: administered.fixture.time.now,
                    updatedAt: administered.fixture.time.now))
        }
        await #expect(throws: AuthError.tooManyFlags) { try await set(administered) }
        #expect(try await set(administered, key: FlagKey(stored: "flag-7")).rules == Self.definition.rules)
        try await remove(administered, key: FlagKey(stored: "flag-8"))
        _ = try await set(administered)
    }

    @Test func `only an administrator looks at flags, and only a fresh session changes them`() async throws {
        let administered = try await Administered()
        let accounts = administered.fixture.accounts
        let person = try await administered.fixture.signedInPrincipal()
        await #expect(throws: AuthError.forbidden) { try await set(administered, by: person) }
        await #expect(throws: AuthError.forbidden) { try await accounts.listFlags(by: person) }
        await #expect(throws: AuthError.forbidden) { try await accounts.flag(Self.key, by: person) }
        let acting = try await administered.acting()
        await #expect(throws: AuthError.impersonating) { try await set(administered, by: acting) }
        administered.fixture.time.advance(by: Lifetimes.privilegedWindow)
        await #expect(throws: AuthError.reauthenticationRequired) { try await set(administered) }
        #expect(try await accounts.listFlags(by: administered.administrator).isEmpty)
    }

    @Test func `whoever lost the right since changes nothing`() async throws {
        let administered = try await Administered()
        try await administered.fixture.change(administered.administrator.user.id) { $0.isSuperuser = false }
        await #expect(throws: AuthError.forbidden) { try await set(administered) }
        #expect(try await administered.fixture.store.flags.all().all.isEmpty)
    }
}
