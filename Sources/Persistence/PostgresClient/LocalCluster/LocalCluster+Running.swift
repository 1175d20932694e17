import Logging

extension LocalCluster {
    /// Where a cluster is reached that another process owns and has running, for a command beside a server.
    ///
    /// Starts nothing, stops nothing and takes no lock. Blocks on a thread of its own.
    /// - Returns: The connection string of the configured database; nil while PostgreSQL, or that database, is not there.
    /// - Throws: ``Failure``.
    public static func running(_ configuration: Configuration) async throws -> String? {
        try await onOwnThread {
            let data = try DataDirectory(locating: configuration.directory)
            let account = try ServerAccount.find(for: data.path)
            guard let postmaster = data.postmaster(), postmaster.isReady else { return nil }
            let place = postmaster.works(in: data.path)
            let launcher = Launcher(
                configuration: configuration, logger: Logger(label: "plinth.cluster"), cancellation: Cancellation())
            guard place != false,
                let address = launcher.adopt(postmaster, of: data, account: account, knownPlace: place == true)
            else { return nil }
            let url = address.connectionString(database: configuration.databaseName)
            return (try? AdminConnection(url)) == nil ? nil : url
        }
    }
}
