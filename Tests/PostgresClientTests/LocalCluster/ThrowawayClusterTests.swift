import Foundation
import Synchronization
import Testing

@testable import PostgresClient

@Suite struct ThrowawayClusterTests {
    @Test func `all tests of a process share one cluster`() async throws {
        async let first = ThrowawayCluster.shared()
        async let second = ThrowawayCluster.shared()
        #expect(try await first === second)
    }

    @Test func `parallel tests share one template and have a database each`() async throws {
        let cluster = try await ThrowawayCluster.shared()
        let preparations = Counter()
        let answers = try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    try await cluster.createTemplate(name: "shared template") { connectionString in
                        preparations.increment()
                        _ = try await run(connectionString, "create table numbers (number int)")
                    }
                    return try await cluster.withDatabase(template: "shared template") { connectionString in
                        _ = try await run(connectionString, "insert into numbers values (\(number))")
                        return try await run(connectionString, "select string_agg(number::text, ',') from numbers")
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(preparations.value == 1)
        #expect(answers.sorted() == (0..<8).map(String.init))
    }

    @Test func `a database made for a test stays, one lent to it does not`() async throws {
        let cluster = try await ThrowawayCluster.shared()
        try await cluster.createTemplate(name: "empty") { _ in }
        let kept = try await cluster.makeDatabase(template: "empty")
        #expect(try await run(kept, "select 1") == ["1"])
        let lent = try await cluster.withDatabase(template: "empty") { $0 }
        await #expect(throws: LocalCluster.AdminConnection.Refusal.self) { try await run(lent, "select 1") }
    }

    @Test func `a template whose preparation failed is tried again`() async throws {
        struct Mishap: Error, Equatable {}
        let cluster = try await ThrowawayCluster.shared()
        await #expect(throws: Mishap()) {
            try await cluster.createTemplate(name: "retried") { _ in throw Mishap() }
        }
        try await cluster.createTemplate(name: "retried") { _ in }
        _ = try await cluster.makeDatabase(template: "retried")
    }

    @Test func `connections a preparation leaves open do not keep the template from being copied`() async throws {
        let cluster = try await ThrowawayCluster.shared()
        let open = Mutex<OpenConnection?>(nil)
        try await cluster.createTemplate(name: "left open") { connectionString in
            let connection = try await LocalCluster.onOwnThread { try OpenConnection(connectionString) }
            open.withLock { $0 = connection }
        }
        try await cluster.withDatabase(template: "left open") { connectionString in
            let answer = try await run(connectionString, "select 1")
            #expect(answer == ["1"])
        }
        #expect(open.withLock { $0 } != nil)
    }

    @Test func `stopping a cluster of one's own removes every trace`() async throws {
        try await withClusterDirectory { root in
            let cluster = try await ThrowawayCluster.start(in: root, settings: ["work_mem": "5MB"])
            #expect(try await cluster.cluster.query("show work_mem") == ["5MB"])
            let address = cluster.cluster.connectionString
            await cluster.stop()
            await #expect(throws: LocalCluster.AdminConnection.Refusal.self) { try await run(address, "select 1") }
            #expect(try LocalCluster.FileSystem.entries(root).isEmpty)
            #expect(LocalCluster.FileSystem.status(cluster.cluster.address.socket.path) == nil)
        }
    }

    @Test func `a directory that was just made is left to whoever is about to lock it`() async throws {
        try await withClusterDirectory { root in
            let made = "\(root)/plinth-throwaway-young"
            try LocalCluster.FileSystem.makeDirectories(made)
            await LocalCluster.onOwnThread { ThrowawayCluster.sweep(root) }
            #expect(try LocalCluster.FileSystem.entries(root) == ["plinth-throwaway-young"])
            await LocalCluster.onOwnThread { ThrowawayCluster.sweep(root, olderThan: 0) }
            #expect(try LocalCluster.FileSystem.entries(root).isEmpty)
        }
    }

    @Test func `the clusters of dead processes are swept away, those of the living are not`() async throws {
        try await withClusterDirectory { root in
            let dead = try await LocalCluster.start(.quick("\(root)/plinth-throwaway-dead/postgres"), logger: .quiet)
            let postmaster = try #require(dead.postmaster)
            dead.crash()
            try await LocalCluster.running(.quick("\(root)/plinth-throwaway-living/postgres")) { living async throws in
                await LocalCluster.onOwnThread { ThrowawayCluster.sweep(root, olderThan: 0) }
                #expect(try LocalCluster.FileSystem.entries(root) == ["plinth-throwaway-living"])
                #expect(try await living.query("select 1") == ["1"])
            }
            #expect(!postmaster.isAlive)
            #expect(LocalCluster.FileSystem.status(dead.address.socket.path) == nil)
        }
    }
}

private final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment() {
        count.add(1, ordering: .relaxed)
    }
}

private func run(_ connectionString: String, _ statement: String) async throws -> [String] {
    try await LocalCluster.onOwnThread {
        try LocalCluster.AdminConnection(connectionString).run(statement)
    }
}

/// A connection that is open for as long as this object lives. Nobody uses it, so no two threads do.
private final class OpenConnection: @unchecked Sendable {
    private let connection: LocalCluster.AdminConnection

    init(_ connectionString: String) throws {
        connection = try LocalCluster.AdminConnection(connectionString)
    }
}
