import Core
import Fakes
import Persistence
import PersistenceContracts
import PersistenceInMemory
import Testing

struct InMemoryDatabaseTests {
    let database = InMemoryDatabase()
    let context: ContractContext

    init() {
        context = ContractContext(
            database: database, keyValueStore: InMemoryKeyValueStore(), jobQueue: database.jobQueue())
    }

    var system: any Store { database.scoped(.system) }

    @Test func `an error asked for is thrown by the next call, once, and nothing is done`() async throws {
        let user = try User.sample(context)
        database.failNext(.unavailable(retryAfter: .seconds(3)))
        database.failNext(.outcomeUnknown)
        await #expect(throws: DatabaseError.unavailable(retryAfter: .seconds(3))) {
            try await system.users.find(user.id)
        }
        await #expect(throws: DatabaseError.outcomeUnknown) { try await system.users.insert(user, passwordHash: nil) }
        #expect(try await system.users.find(user.id) == nil)
    }

    @Test func `an error asked for ends the unit of work it falls into`() async throws {
        let user = try User.sample(context)
        await #expect(throws: DatabaseError.outcomeUnknown) {
            try await database.transaction(.system) { store in
                try await store.users.insert(user, passwordHash: nil)
                database.failNext(.outcomeUnknown)
                _ = try await store.users.find(user.id)
            }
        }
        #expect(try await system.users.find(user.id) == nil)
    }

    @Test func `a serialization failure is tried again three times where that is allowed`() async throws {
        let user = try User.sample(context)
        for _ in 0..<3 { database.failNext(.serializationFailure) }
        try await database.transaction(.system, repetition: .allowed) { store in
            try await store.users.insert(user, passwordHash: nil)
        }
        #expect(try await system.users.find(user.id) == user)
        database.failNext(.serializationFailure)
        await #expect(throws: DatabaseError.serializationFailure) {
            try await database.transaction(.system) { store in _ = try await store.users.find(user.id) }
        }
    }

    @Test func `a write past the store of a unit of work is refused instead of waiting for ever`() async throws {
        let user = try User.sample(context)
        await #expect(throws: DatabaseError.nestedTransaction) {
            try await database.transaction(.system) { store in
                try await store.users.insert(user, passwordHash: nil)
                try await database.scoped(.system).jobs.enqueue(.sample(context))
            }
        }
        #expect(try await system.users.find(user.id) == nil)
    }

    @Test func `a unit of work of another database may be inside`() async throws {
        let user = try User.sample(context)
        let other = InMemoryDatabase()
        try await database.transaction(.system) { store in
            try await store.users.insert(user, passwordHash: nil)
            try await other.transaction(.system) { try await $0.users.insert(user, passwordHash: nil) }
        }
        #expect(try await other.scoped(.system).users.find(user.id) == user)
    }

    @Test func `a store is of no use after its unit of work`() async throws {
        let user = try User.sample(context)
        let escaped = try await database.transaction(.system) { store in
            try await store.users.insert(user, passwordHash: nil)
            return store
        }
        await #expect(throws: DatabaseError.unexpected(code: "25P01")) { try await escaped.users.find(user.id) }
        await #expect(throws: DatabaseError.unexpected(code: "25P01")) { try await escaped.users.update(user) }
        _ = try await system.users.update(user)
    }

    @Test func `calls at once within a unit of work are all kept`() async throws {
        try await database.transaction(.system) { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { try await store.jobs.enqueue(.sample(context)) } }
                try await group.waitForAll()
            }
        }
        #expect(try await system.jobs.list(name: "mail.send", page: PageRequest()).items.count == 20)
    }

    @Test func `values that a column does not take are refused`() async throws {
        var user = try User.sample(context)
        user.deletedAt = context.time.now
        let refused = DatabaseError.unexpected(code: "23514")
        let half = user
        await #expect(throws: refused) { try await system.users.insert(half, passwordHash: nil) }
        let whole = try User.sample(context)
        try await system.users.insert(whole, passwordHash: nil)
        let session = Session.sample(context, of: whole)
        await #expect(throws: refused) { try await system.sessions.insert(session, refresh: RefreshState(hash: [1])) }
    }
}
