import Foundation

extension ThrowawayCluster {
    /// How long a PostgreSQL left behind may take to end at once, without tidying up.
    private static let endingLimit = Duration.seconds(10)
    private static let pollMicroseconds: UInt32 = 20_000

    /// Removes the clusters of processes that are gone. A living process holds the lock of its own.
    static func sweep(_ parent: String) {
        for name in (try? LocalCluster.FileSystem.entries(parent)) ?? [] where name.hasPrefix(directoryPrefix) {
            let root = "\(parent)/\(name)"
            guard let status = LocalCluster.FileSystem.status(root), status.isDirectory, status.owner == geteuid(),
                let resolved = try? LocalCluster.FileSystem.resolve(root)
            else { continue }
            removeIfAbandoned(resolved)
        }
    }

    private static func removeIfAbandoned(_ root: String) {
        let directory = dataDirectory(in: root)
        guard let data = try? LocalCluster.DataDirectory(locating: directory),
            let account = try? LocalCluster.ServerAccount.find(for: directory),
            let lock = try? LocalCluster.DirectoryLock.acquire(for: directory, as: account)
        else { return }
        if let postmaster = data.postmaster(), postmaster.works(in: directory) != false {
            end(postmaster)
        }
        LocalCluster.FileSystem.remove(
            LocalCluster.SocketDirectory(dataDirectory: directory, user: account.user).path)
        LocalCluster.FileSystem.remove(root)
        lock.release()
    }

    private static func end(_ postmaster: LocalCluster.Postmaster) {
        let deadline = ContinuousClock.now + endingLimit
        // The postmaster's signal for an immediate shutdown.
        guard kill(postmaster.process, SIGQUIT) == 0 else { return }
        while postmaster.isAlive, ContinuousClock.now < deadline {
            usleep(pollMicroseconds)
        }
    }
}
