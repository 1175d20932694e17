import Core
import DatabaseSupport
import Flags
import Persistence
import PersistencePostgreSQL
import PostgresClient
import Testing

@testable import Auth
@testable import Server

/// What the other instance learns of a change.
struct FlagNewsTests {
    private static let key = FlagKey(stored: "new-editor")
    private let nobody = FlagSubject()

    private func news(_ instances: Instances, _ index: Int) -> (flags: FeatureFlags, news: FlagNews) {
        let flags = FeatureFlags(database: instances.databases[index])
        return (
            flags, FlagNews(database: instances.databases[index], flags: flags, logger: TestDatabase.logger)
        )
    }

    private func set(_ instances: Instances, to isOn: Bool, by principal: Principal) async throws {
        _ = try await instances.accounts[0].setFlag(
            Self.key, to: FlagDefinition(isOnByDefault: isOn), by: principal, origin: .none)
    }

    @Test func `where the news is lost, the next look finds the change, and what is away is kept`() async throws {
        try await Instances.with { instances in
            let root = try await instances.signedIn("root@example.com", isSuperuser: true)
            let (flags, other) = news(instances, 1)
            // Nobody relays what the first one says.
            try await set(instances, to: true, by: root)
            await other.look()
            #expect(flags.isOn("new-editor", for: nobody))
            try await set(instances, to: false, by: root)
            instances.databases[1].client.shutdown()
            await other.look()
            #expect(flags.isOn("new-editor", for: nobody))
        }
    }

    @Test(.timeLimit(.minutes(1))) func `the news of a change arrives by itself`() async throws {
        try await Instances.with { instances in
            let root = try await instances.signedIn("root@example.com", isSuperuser: true)
            let (flags, other) = news(instances, 1)
            var heard = instances.databases[1].flagNews.makeAsyncIterator()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await instances.databases[1].relaySignals() }
                // The first is that the other listens: what was before may have been missed.
                _ = await heard.next()
                for isOn in [true, false, true] {
                    try await set(instances, to: isOn, by: root)
                    while flags.isOn("new-editor", for: nobody) != isOn {
                        _ = await heard.next()
                        await other.look()
                    }
                }
                group.cancelAll()
            }
            #expect(flags.flags.revision == 3)
        }
    }

    @Test func `of administrators who change one flag at once, each leaves a row, and the last one's stays`()
        async throws
    {
        try await Instances.with { instances in
            var circle: [Principal] = []
            for number in 0..<4 {
                circle.append(try await instances.signedIn("root\(number)@example.com", isSuperuser: true))
            }
            let roots = circle
            let results = await instances.race(12) { accounts, index in
                try await accounts.setFlag(
                    Self.key, to: FlagDefinition(description: "\(index)"), by: roots[index % 4], origin: .none)
            }
            let saved = try results.map { try $0.get() }
            let last = try #require(saved.max { $0.version < $1.version })
            let store = instances.databases[0].scoped(.system)
            #expect(try await store.flags.find(Self.key) == last)
            #expect(Set(saved.map(\.version)) == Set(1...12))
            let rows = try await store.auditLog.list(
                .everything, matching: AuditFilter(action: "flag.created"), page: PageRequest())
            #expect(rows.items.count == 1)
            let changes = try await store.auditLog.list(
                .everything, matching: AuditFilter(action: "flag.updated"), page: PageRequest())
            #expect(changes.items.count == 11)
        }
    }
}
