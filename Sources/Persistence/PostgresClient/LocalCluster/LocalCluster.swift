public import Logging

/// A private PostgreSQL cluster in a directory of its own, reachable through a unix socket only.
///
/// The server process that started or adopted a cluster owns it: nobody else may start on the same directory until
/// ``stop()`` was called, the last copy of this value is gone, or the process ended, however it ended. PostgreSQL
/// itself lives in a session of its own and survives a crash of its owner; the next ``start(_:logger:)`` adopts it.
public struct LocalCluster: Sendable {
    /// How long a fast shutdown may take before an immediate one cuts it short, which loses nothing: the next
    /// start then replays the write-ahead log. Both fit into the last phase of a server's shutdown.
    static let fastShutdownSeconds = 3
    static let immediateShutdownSeconds = 1

    /// Whether ``start(_:logger:)`` found the cluster running, left behind by an owner that crashed.
    public let adopted: Bool

    /// The data directory, absolute and with symbolic links resolved.
    public let directory: String

    let address: Address
    let controller: Controller
    let lock: DirectoryLock
    let logger: Logger

    /// The libpq connection string of the configured database, as the owner of everything in it.
    public var connectionString: String {
        connectionString(database: address.database)
    }

    /// The libpq connection string of another database of this cluster.
    public func connectionString(database: String) -> String {
        address.connectionString(database: database)
    }

    /// Starts the cluster, creating it when the directory is new, or adopts the one a crashed owner left running.
    ///
    /// Returns when PostgreSQL accepts connections and the configured database exists. The work blocks on a thread
    /// of its own, never on the cooperative pool; cancellation stops what was started.
    /// - Throws: ``Failure``, or `CancellationError`.
    public static func start(_ configuration: Configuration, logger: Logger) async throws -> LocalCluster {
        let cancellation = Cancellation()
        let launcher = Launcher(configuration: configuration, logger: logger, cancellation: cancellation)
        return try await withTaskCancellationHandler {
            try await onOwnThread { try launcher.launch() }
        } onCancel: {
            cancellation.cancel()
        }
    }

    /// Stops the cluster: fast (open transactions are rolled back), and immediately when that takes too long.
    ///
    /// Bounded to a few seconds, and done in full even in a cancelled task. Calling it again does nothing.
    public func stop() async {
        await onOwnThread { stopNow() }
    }

    func stopNow() {
        guard lock.isHeld else { return }
        if !controller.stop(.fast, withinSeconds: Self.fastShutdownSeconds),
            !controller.stop(.immediate, withinSeconds: Self.immediateShutdownSeconds)
        {
            logger.warning("the local PostgreSQL is slow to stop", metadata: ["directory": "\(directory)"])
        }
        address.socket.remove()
        lock.release()
    }
}
