import Foundation
import Logging

extension LocalCluster {
    /// Brings a cluster up, step by step. Blocking.
    struct Launcher: Sendable {
        let configuration: Configuration
        let logger: Logger
        let cancellation: Cancellation

        private static let pollMicroseconds: UInt32 = 50_000
        /// How long a process found in the directory may take to become ready, or to be gone.
        private static let adoptionLimit = Duration.seconds(Controller.startSeconds)
        /// Signs that processes of a crashed PostgreSQL, or of a start just before ours, have yet to end.
        private static let passingObstacles = ["already exists", "pre-existing shared memory block"]

        func launch() throws -> LocalCluster {
            let installations = try Installation.all(for: configuration)
            let data = try DataDirectory(locating: configuration.directory)
            var account = try ServerAccount.find(for: data.path)
            let lock = try DirectoryLock.acquire(for: data.path, as: account)
            account = try account.reaching(data.path)
            let installation = try prepare(data, from: installations, for: account)
            let controller = Controller(installation: installation, account: account, directory: data.path)

            let (address, adopted) = try reach(data, controller: controller, account: account)
            let cluster = LocalCluster(
                adopted: adopted, directory: data.path, address: address, controller: controller, lock: lock,
                logger: logger)
            do {
                try cancellation.check()
                try createDatabase(in: cluster, data: data)
            } catch {
                cluster.stopNow()
                throw error
            }
            logger.info(
                "the local PostgreSQL is ready",
                metadata: [
                    "directory": "\(data.path)", "version": "\(installation.major)", "adopted": "\(adopted)",
                ])
            return cluster
        }

        /// Sees to it that there is data, and finds the programs for it.
        private func prepare(
            _ data: DataDirectory, from installations: [Installation], for account: ServerAccount,
        ) throws -> Installation {
            data.removeUnfinished()
            switch try data.content() {
            case .somethingElse:
                throw Failure.notACluster(directory: data.path)
            case .cluster(let major):
                let installation = try Installation.choose(from: installations, major: major, directory: data.path)
                try data.claim(for: account)
                return installation
            case .nothing:
                let installation = try Installation.choose(from: installations, major: nil, directory: data.path)
                logger.info("creating the local PostgreSQL", metadata: ["directory": "\(data.path)"])
                try data.initialize(
                    with: installation, as: account, durable: configuration.durable, cancellation: cancellation)
                return installation
            }
        }

        /// Adopts the PostgreSQL that runs on the data, or starts one.
        private func reach(
            _ data: DataDirectory, controller: Controller, account: ServerAccount,
        ) throws -> (Address, adopted: Bool) {
            let deadline = ContinuousClock.now + Self.adoptionLimit
            while true {
                try cancellation.check()
                var obstacle = "process \(data.postmaster()?.process ?? 0) has the data open and does not answer"
                if controller.isRunning(), let postmaster = data.postmaster() {
                    switch postmaster.works(in: data.path) {
                    case false:
                        try data.disownPostmaster()
                        continue
                    case let place:
                        if let address = adopt(postmaster, of: data, account: account, knownPlace: place == true) {
                            return (address, true)
                        }
                        if place == true, postmaster.isReady, hasLostItsSocket(postmaster, account: account) {
                            _ = controller.stop(.fast, withinSeconds: LocalCluster.fastShutdownSeconds)
                        }
                    }
                } else {
                    switch try start(data, controller: controller, account: account) {
                    case .success(let address): return (address, false)
                    case .failure(let failure) where !Self.isPassing(failure): throw failure
                    case .failure(let failure): obstacle = failure.description
                    }
                }
                guard ContinuousClock.now < deadline else {
                    throw Failure.startFailed(directory: data.path, detail: obstacle)
                }
                usleep(Self.pollMicroseconds)
            }
        }

        private static func isPassing(_ failure: Failure) -> Bool {
            guard case .startFailed(_, let detail) = failure else { return false }
            return passingObstacles.contains(where: detail.contains)
        }

        private func start(
            _ data: DataDirectory, controller: Controller, account: ServerAccount,
        ) throws -> Result<Address, Failure> {
            let socket = SocketDirectory(dataDirectory: data.path, user: account.user)
            try socket.prepare(for: account)
            let position = data.rotateLog()
            do {
                let outcome = try controller.start(
                    configuration.serverSettings(socketDirectory: socket.path), log: data.logPath,
                    cancellation: cancellation)
                if outcome.succeeded {
                    return .success(Address(socket: socket, database: configuration.databaseName))
                }
                socket.remove()
                let log = data.logTail(after: position)
                return .failure(.starting(in: data, said: log.isEmpty ? outcome.output : log))
            } catch let error as CancellationError {
                _ = controller.stop(.immediate, withinSeconds: LocalCluster.immediateShutdownSeconds)
                socket.remove()
                throw error
            }
        }

        /// Where the process answers, if it does and proves to serve this data.
        func adopt(
            _ postmaster: Postmaster, of data: DataDirectory, account: ServerAccount, knownPlace: Bool,
        ) -> Address? {
            guard let path = postmaster.socketDirectory, let port = postmaster.port,
                SocketDirectory(path: path).isSafe(for: account)
            else { return nil }
            let address = Address(
                socket: SocketDirectory(path: path), port: port, database: configuration.databaseName)
            let place = try? AdminConnection(address.connectionString(database: Address.maintenanceDatabase))
                .run("show data_directory").first
            guard let place, knownPlace || (try? FileSystem.resolve(place)) == data.path else { return nil }
            return address
        }

        /// Whether the socket of a running PostgreSQL was cleaned away (/tmp is everybody's), which only a new
        /// start cures.
        private func hasLostItsSocket(_ postmaster: Postmaster, account: ServerAccount) -> Bool {
            guard let path = postmaster.socketDirectory, let port = postmaster.port else { return false }
            let socket = SocketDirectory(path: path)
            return !socket.isSafe(for: account) || !socket.hasSocket(port: port)
        }

        private func createDatabase(in cluster: LocalCluster, data: DataDirectory) throws {
            let name = configuration.databaseName
            do throws(AdminConnection.Refusal) {
                let connection = try AdminConnection(
                    cluster.connectionString(database: Address.maintenanceDatabase))
                let known = "select 1 from pg_database where datname = \(AdminConnection.literal(name))"
                if try connection.run(known).isEmpty {
                    try connection.run("create database \(AdminConnection.identifier(name))")
                }
            } catch {
                throw Failure.refused(error, in: data.path)
            }
        }
    }
}
