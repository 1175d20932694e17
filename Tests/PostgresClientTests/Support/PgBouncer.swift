import Foundation
import Synchronization
import Testing

@testable import PostgresClient

/// PgBouncer in transaction mode before the shared cluster, for as long as a test runs.
final class PgBouncer: Sendable {
    static let isThere = Machine.program("pgbouncer") != nil

    /// Server connections of one database: fewer than the client opens.
    private static let serverConnections = 2
    private static let mostSeconds = "300"

    let directory: String
    let port: Int
    private let account: LocalCluster.ServerAccount
    private let process = Mutex<pid_t?>(nil)

    private init(directory: String, port: Int, account: LocalCluster.ServerAccount) {
        self.directory = directory
        self.port = port
        self.account = account
    }

    /// Runs a test on an empty database, with connection strings through PgBouncer and directly.
    static func run(_ body: (_ pooler: PgBouncer, _ url: String, _ direct: String) async throws -> Void) async throws {
        let throwaway = try await ThrowawayCluster.shared()
        try await throwaway.createTemplate(name: "empty") { _ in }
        try await withClusterDirectory { directory in
            let account = try LocalCluster.ServerAccount.find(for: throwaway.cluster.directory)
            let pooler = PgBouncer(directory: directory, port: try Machine.freePort(), account: account)
            try pooler.configure(before: throwaway.cluster.address)
            try await throwaway.withDatabase(template: "empty") { direct in
                let place = "host=\(throwaway.cluster.address.socket.path) port=\(throwaway.cluster.address.port)"
                let url = direct.replacing(place, with: "host=127.0.0.1 port=\(pooler.port)")
                try #require(url != direct)
                try pooler.start()
                defer { pooler.stop() }
                try await body(pooler, url, direct)
            }
        }
    }

    func start() throws {
        let program = try #require(Machine.program("pgbouncer"), "scripts/install-dependencies.sh --tests installs it")
        // Should this process be killed, it ends by itself.
        let limit = Machine.program("timeout").map { [$0, Self.mostSeconds] } ?? []
        let child = try LocalCluster.ChildProcess.spawn(
            limit + account.prefix + [program, "-q", "\(directory)/pgbouncer.ini"])
        process.withLock { $0 = child }
    }

    func stop() {
        let child = process.withLock { child in
            defer { child = nil }
            return child
        }
        guard let child else { return }
        kill(child, SIGTERM)
        _ = LocalCluster.ChildProcess.reap(child, blocking: true)
    }

    private func configure(before address: LocalCluster.Address) throws {
        let configuration = """
            [databases]
            * = host=\(address.socket.path) port=\(address.port)
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = \(port)
            unix_socket_dir =
            auth_type = trust
            auth_file = \(directory)/users.txt
            pool_mode = transaction
            default_pool_size = \(Self.serverConnections)
            max_client_conn = 200
            logfile = \(directory)/pgbouncer.log
            """
        try LocalCluster.FileSystem.overwrite("\(directory)/pgbouncer.ini", with: configuration + "\n")
        try LocalCluster.FileSystem.overwrite("\(directory)/users.txt", with: "\"\(LocalCluster.Address.user)\" \"\"\n")
        if geteuid() == 0 { try LocalCluster.FileSystem.giveTree(directory, to: account) }
    }
}
