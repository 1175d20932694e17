import Foundation
import Logging
import PostgresClient
import Testing

/// A database of the test's own and a client of it.
struct TestClient {
    let client: PostgresClient
    let url: String

    /// - Parameter change: Sets what the test needs otherwise.
    static func run(
        _ change: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresClient, _ url: String) async throws -> Void
    ) async throws {
        let cluster = try await ThrowawayCluster.shared()
        try await cluster.createTemplate(name: "empty") { _ in }
        try await cluster.withDatabase(template: "empty") { url in
            var configuration = PostgresConfiguration(url: url)
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
        let client = PostgresClient(configuration: PostgresConfiguration(url: url, poolSize: 1), logger: .silent)
        defer { client.shutdown() }
        try await body(client)
    }

    /// The configuration of a cluster that the test starts and stops itself.
    static func withCluster(_ body: (LocalCluster.Configuration) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "plinth-fault-\(ProcessInfo.processInfo.globallyUniqueString)")
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
