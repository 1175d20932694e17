import Foundation
import Logging
import Synchronization

/// A PostgreSQL cluster for tests: made in a moment, not durable, gone with the process.
///
/// It needs nothing but PostgreSQL's programs. A guardian process removes it when this process ends, even by
/// kill -9; should the guardian be killed too, a cluster made a minute later or more removes it. Tests share one cluster a process and
/// run in parallel, each in a database of its own copied from a template:
///
/// ```swift
/// let cluster = try await ThrowawayCluster.shared()
/// try await cluster.createTemplate(name: "migrated") { connectionString in … }
/// try await cluster.withDatabase(template: "migrated") { connectionString in … }
/// ```
public final class ThrowawayCluster: Sendable {
    static let directoryPrefix = "plinth-throwaway-"

    /// The cluster itself.
    public let cluster: LocalCluster

    let root: String
    let templates = Once<String, Void>()
    let databaseCount = Atomic<Int>(0)
    private let guardian: Guardian

    private static let instances = Once<String, ThrowawayCluster>()

    init(cluster: LocalCluster, root: String, guardian: Guardian) {
        self.cluster = cluster
        self.root = root
        self.guardian = guardian
    }

    /// The cluster that all tests of this process share; the first caller starts it.
    /// - Parameter searchPath: See ``LocalCluster/Configuration/searchPath``; the first caller's counts.
    /// - Throws: ``LocalCluster/Failure``.
    public static func shared(searchPath: String = "") async throws -> ThrowawayCluster {
        try await instances.value(for: "shared") { try await start(searchPath: searchPath) }
    }

    /// Starts a cluster for one test that needs it alone (to kill it, say).
    /// - Parameters:
    ///   - temporaryDirectory: Where to make its directory; the user's directory for temporary files without it.
    ///   - settings: See ``LocalCluster/Configuration/settings``.
    /// - Throws: ``LocalCluster/Failure``.
    public static func start(
        in temporaryDirectory: String? = nil, settings: [String: String] = [:], searchPath: String = "",
    ) async throws -> ThrowawayCluster {
        let parent = temporaryDirectory ?? FileManager.default.temporaryDirectory.path
        let (root, guardian) = try await LocalCluster.onOwnThread {
            sweep(parent)
            let root = try makeRoot(in: parent)
            return (root, try Guardian(guarding: root, dataDirectory: dataDirectory(in: root)))
        }
        let configuration = LocalCluster.Configuration(
            directory: dataDirectory(in: root), databaseName: "plinth", settings: settings, searchPath: searchPath,
            durable: false)
        do {
            var logger = Logger(label: "plinth.throwaway-cluster")
            logger.logLevel = .warning
            let cluster = try await LocalCluster.start(configuration, logger: logger)
            return ThrowawayCluster(cluster: cluster, root: root, guardian: guardian)
        } catch {
            await LocalCluster.onOwnThread { guardian.finish() }
            throw error
        }
    }

    /// Stops the cluster and removes every trace of it. Not to be called on the shared one.
    public func stop() async {
        let guardian = guardian
        cluster.lock.release()
        await LocalCluster.onOwnThread { guardian.finish() }
    }

    static func dataDirectory(in root: String) -> String {
        "\(root)/postgres"
    }

    /// A new directory that the unprivileged user of PostgreSQL may walk through, should we be root.
    private static func makeRoot(in parent: String) throws -> String {
        var template = "\(parent)/\(directoryPrefix)XXXXXX".utf8CString.map { $0 }
        guard mkdtemp(&template) != nil else { throw LocalCluster.FileSystem.failure(errno, parent) }
        let root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if geteuid() == 0 {
            try LocalCluster.FileSystem.check(chmod(root, 0o711), root)
        }
        return try LocalCluster.FileSystem.resolve(root)
    }
}
