import Core
import Fakes
import Persistence
import PersistenceInMemory
import Synchronization
import Testing

@testable import Auth

struct PurgeFailureTests {
    /// A database whose first unit of work fails.
    private final class Stumbling: Database {
        let base: any Database
        private let hasFailed = Mutex(false)

        init(_ base: any Database) {
            self.base = base
        }

        func scoped(_ scope: Scope) -> any Store { base.scoped(scope) }

        func transaction<Result: Sendable>(
            _ scope: Scope, repetition: Repetition, _ body: @Sendable (any Store) async throws -> Result
        ) async throws -> Result {
            let fails = hasFailed.withLock { hasFailed in
                defer { hasFailed = true }
                return !hasFailed
            }
            if fails { throw DatabaseError.unexpected(code: "57014") }
            return try await base.transaction(scope, repetition: repetition, body)
        }
    }

    @Test func `one that fails keeps no other waiting, is told, and is due again`() async throws {
        let fixture = try await AccountsFixture()
        for email in ["a@example.com", "b@example.com", "c@example.com"] {
            try await fixture.addUser(email)
            _ = try await fixture.accounts.requestDeletion(of: fixture.signedInPrincipal(email), origin: .none)
        }
        fixture.time.advance(by: .days(14))
        let accounts = Accounts(
            database: Stumbling(fixture.database.base),
            throttle: Throttle(store: InMemoryKeyValueStore(), time: fixture.time.source), hashing: fixture.hashing,
            passwordPolicy: PasswordPolicy(), keys: fixture.keys,
            issuer: AccessTokenIssuer(
                issuer: "https://a.example", audience: "a", ring: fixture.ring, randomness: .seeded(2)),
            configuration: AuthConfiguration(baseURL: "https://a.example"), time: fixture.time.source,
            randomness: .seeded(3))
        await #expect(throws: DatabaseError.unexpected(code: "57014")) { try await accounts.purgeDue() }
        let left = try await fixture.store.users.listDueForPurge(at: fixture.time.now, limit: 9)
        #expect(left.count == 1)
        #expect(try await accounts.purgeDue() == 1)
        #expect(try await fixture.store.users.listDueForPurge(at: fixture.time.now, limit: 9).isEmpty)
    }
}
