import Core
import Fakes
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth

struct UpdateProfileTests {
    @Test func `what differs is written, counted up and audited by name`() async throws {
        let (fixture, principal) = try await signedIn()
        fixture.time.advance(by: .seconds(1))
        let updated = try await fixture.accounts.updateProfile(
            ProfileChanges(
                firstName: PersonName(stored: "Augusta"), lastName: PersonName(stored: "Lovelace"), language: .french,
                timeZone: TimeZoneName(stored: "Europe/Paris")),
            of: principal, origin: AccountsFixture.origin)
        #expect(updated.firstName.text == "Augusta")
        #expect(updated.language == .french)
        #expect(updated.version == principal.user.version + 1)
        #expect(updated.updatedAt == fixture.time.now)
        #expect(try await fixture.store.users.find(updated.id) == updated)
        let row = try #require(try await fixture.audit(of: updated.id).first)
        #expect(row.action == "user.updated")
        #expect(row.changes.isEmpty)
        #expect(row.personal == ["first_name": "Augusta", "locale": "fr", "time_zone": "Europe/Paris"])
    }

    @Test func `what is the same already changes nothing`() async throws {
        let (fixture, principal) = try await signedIn()
        let same = try await fixture.accounts.updateProfile(
            ProfileChanges(firstName: principal.user.firstName), of: principal, origin: .none)
        #expect(same == principal.user)
        #expect(try await !fixture.actions(of: same.id).contains("user.updated"))
    }

    @Test func `a change is refused when the account is no longer what the caller saw`() async throws {
        let (fixture, principal) = try await signedIn()
        let seen = principal.user.version
        let change = ProfileChanges(firstName: PersonName(stored: "Augusta"))
        _ = try await fixture.accounts.updateProfile(change, of: principal, origin: .none) { $0.version == seen }
        await #expect(throws: AuthError.preconditionFailed) {
            try await fixture.accounts.updateProfile(change, of: principal, origin: .none) { $0.version == seen }
        }
    }

    @Test func `of twenty changes of one version one wins`() async throws {
        let (fixture, principal) = try await signedIn()
        let results = await race(20) { index in
            try await fixture.accounts.updateProfile(
                ProfileChanges(firstName: PersonName(stored: "Name \(index)")), of: principal, origin: .none
            ) { $0.version == principal.user.version }
        }
        #expect(results.successes().count == 1)
        #expect(results.failures(.preconditionFailed) == 19)
        let stored = try await fixture.store.users.find(principal.user.id)
        #expect(stored == results.successes().first)
    }

    @Test func `a change that loses a race is tried again on what won`() async throws {
        let (fixture, principal) = try await signedIn()
        fixture.database.base.failNext(.versionConflict)
        let updated = try await fixture.accounts.updateProfile(
            ProfileChanges(firstName: PersonName(stored: "Augusta")), of: principal, origin: .none)
        #expect(updated.firstName.text == "Augusta")
        for _ in 0..<5 { fixture.database.base.failNext(.versionConflict) }
        await #expect(throws: AuthError.versionConflict) {
            try await fixture.accounts.updateProfile(
                ProfileChanges(firstName: PersonName(stored: "Ada")), of: principal, origin: .none)
        }
    }

    private func signedIn() async throws -> (AccountsFixture, Principal) {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        return (fixture, try await fixture.principal(fixture.signIn()))
    }
}
