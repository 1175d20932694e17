import Foundation
import Logging
import PostgresClient
import Testing

/// A database of the test's own and a client of it.
enum TestClient {
    /// What holds for a pool holds for one connection too.
    static let poolSizes = [1, 4]

    /// - Parameter change: Sets what the test needs otherwise.
    static func run(
        _ change: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresClient, _ url: String) async throws -> Void
    ) async throws {
        let cluster = try await ThrowawayCluster.shared()
        try await cluster.createTemplate(name: "empty") { _ in }
        try await cluster.withDatabase(template: "empty") { url in
            // Longer than the defaults, for a machine that is busy with other tests.
            var configuration = PostgresConfiguration(
                url: url, acquireTimeout: .seconds(20), connectTimeout: .seconds(20))
            change(&configuration)
            let client = PostgresClient(configuration: configuration, logger: .silent)
            defer { client.shutdown() }
            try await body(client, url)
        }
    }
}

extension TestClient {
    /// A second client of the same database, to do harm with.
    static func killer(_ url: String, _ body: (PostgresClient) async throws -> Void) async throws {
        let client = PostgresClient(
            configuration: PostgresConfiguration(
                url: url, poolSize: 1, acquireTimeout: .seconds(20), connectTimeout: .seconds(20)), logger: .silent)
        defer { client.shutdown() }
        try await body(client)
    }

    /// The configuration of a cluster that the test starts and stops itself.
    static func withCluster(_ body: (LocalCluster.Configuration) async throws -> Void) async throws {
        let name = "plinth-fault-\(ProcessInfo.processInfo.globallyUniqueString)"
        let root = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try await body(LocalCluster.Configuration(directory: root.path + "/postgres", durable: false))
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// Asks again until the answer is yes; the suite's time limit ends it.
func eventually(_ isSo: () async throws -> Bool) async throws {
    while try await !isSo() { await Task.yield() }
}

extension PostgresRows {
    /// The only column of the only row.
    func value<Value: PostgresDecodable>(_: Value.Type = Value.self) throws -> Value {
        var columns = try #require(first).columns
        return try columns.next()
    }
}

/// Connects, however long a busy machine takes: for tests of a client whose time-outs are short.
func connect(_ client: PostgresClient) async throws {
    try await eventually { (try? await client.query("select 1")) != nil }
}

/// Waits until a backend is what a condition on `pg_stat_activity` says, then ends it.
func terminate(_ backend: Int32, when condition: String = "true", through client: PostgresClient) async throws {
    try await eventually {
        try await client.query(
            "select exists (select from pg_stat_activity where pid = \(backend) and \(unescaped: condition))"
        ).value(Bool.self)
    }
    _ = try await client.query("select pg_terminate_backend(\(backend), 5000)")
}
