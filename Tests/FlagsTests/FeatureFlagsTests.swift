import Core
import Fakes
import Flags
import Persistence
import PersistenceInMemory
import Testing

/// What an instance knows of the flags.
struct FeatureFlagsTests {
    private let database = InMemoryDatabase()
    private let nobody = FlagSubject()

    private func save(_ key: String, isOn: Bool) async throws {
        let time = Timestamp(seconds: 1_767_225_600)
        _ = try await database.scoped(.system).flags.save(
            FeatureFlag(key: FlagKey(stored: key), isOnByDefault: isOn, createdAt: time, updatedAt: time))
    }

    @Test func `before anything was read, and for what is no flag, the program's own answer counts`() async throws {
        let flags = FeatureFlags(database: database)
        try await save("one", isOn: true)
        #expect(!flags.isOn("one", for: nobody))
        #expect(flags.isOn("one", for: nobody, otherwise: true))
        #expect(flags.values(for: nobody).isEmpty)
        #expect(try await flags.refresh())
        #expect(flags.isOn("one", for: nobody))
        #expect(!flags.isOn("another", for: nobody))
        #expect(flags.isOn("No key at all", for: nobody, otherwise: true))
    }

    @Test func `every change is found, and nothing is read where there was none`() async throws {
        let flags = FeatureFlags(database: database)
        #expect(try await flags.refresh() == false)
        try await save("one", isOn: true)
        #expect(try await flags.refresh())
        #expect(try await flags.refresh() == false)
        try await save("one", isOn: false)
        try await save("two", isOn: true)
        #expect(try await flags.refresh())
        #expect(flags.values(for: nobody) == [FlagKey(stored: "one"): false, FlagKey(stored: "two"): true])
        _ = try await database.scoped(.system).flags.remove(FlagKey(stored: "two"))
        #expect(try await flags.refresh())
        #expect(flags.values(for: nobody) == [FlagKey(stored: "one"): false])
    }

    @Test func `while the database is away the flags stay as they were`() async throws {
        let flags = FeatureFlags(database: database)
        try await save("one", isOn: true)
        try await flags.refresh()
        try await save("one", isOn: false)
        database.failNext(.unavailable(retryAfter: .seconds(1)))
        await #expect(throws: DatabaseError.unavailable(retryAfter: .seconds(1))) { try await flags.refresh() }
        #expect(flags.isOn("one", for: nobody))
        try await flags.refresh()
        #expect(!flags.isOn("one", for: nobody))
    }

    @Test func `of many that read at once while flags change, the latest stays`() async throws {
        let flags = FeatureFlags(database: database)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask { try await save("one", isOn: number.isMultiple(of: 2)) }
                group.addTask { try await flags.refresh() }
            }
            try await group.waitForAll()
        }
        try await flags.refresh()
        #expect(flags.flags == (try await database.scoped(.system).flags.all()))
        #expect(flags.flags.revision == 50)
    }
}
