import Foundation
import Logging

@testable import PostgresClient

/// Runs a test with a directory of its own, which is removed afterwards with everything that runs in it.
func withClusterDirectory(_ body: (_ path: String) async throws -> Void) async throws {
    var template = "\(FileManager.default.temporaryDirectory.path)/plinth-cluster-test-XXXXXX".utf8CString.map { $0 }
    guard mkdtemp(&template) != nil else { throw LocalCluster.FileSystem.failure(errno, "mkdtemp") }
    let path = try LocalCluster.FileSystem.resolve(
        String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    defer { LocalCluster.FileSystem.remove(path) }
    try await body(path)
}

extension LocalCluster {
    /// Starts a cluster for a test, and stops it whatever the test does.
    static func running(
        _ configuration: Configuration, _ body: (LocalCluster) async throws -> Void,
    ) async throws {
        let cluster = try await start(configuration, logger: .quiet)
        do {
            try await body(cluster)
        } catch {
            await cluster.stop()
            throw error
        }
        await cluster.stop()
    }

    /// What the end of the owner does to a cluster: the lock is gone, PostgreSQL stays.
    func crash() {
        lock.release()
    }

    func query(_ statements: String...) async throws -> [String] {
        let address = connectionString
        return try await Self.onOwnThread {
            let connection = try AdminConnection(address)
            return try statements.flatMap { try connection.run($0) }
        }
    }

    var postmaster: Postmaster? {
        (try? DataDirectory(locating: directory))?.postmaster()
    }
}

extension LocalCluster.Configuration {
    /// A cluster that is quick to make, in a directory.
    static func quick(_ directory: String) -> Self {
        Self(directory: directory, durable: false)
    }
}

extension Logger {
    static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }
}

/// The failure a start ends in; nil when it succeeds, in which case the cluster is stopped.
func failure(of configuration: LocalCluster.Configuration) async throws -> LocalCluster.Failure? {
    do {
        let cluster = try await LocalCluster.start(configuration, logger: .quiet)
        await cluster.stop()
        return nil
    } catch let failure as LocalCluster.Failure {
        return failure
    }
}

/// A line of a process's status, such as "CapAmb".
func processStatus(_ process: pid_t, _ field: String) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("\(field):") }
    return line.map { String($0.dropFirst(field.count + 1)).trimmingCharacters(in: .whitespaces) }
}
