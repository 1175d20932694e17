import Foundation

extension ThrowawayCluster {
    /// How long a PostgreSQL left behind may take to end at once, without tidying up.
    private static let endingLimit = Duration.seconds(10)
    private static let pollMicroseconds: UInt32 = 20_000

    /// From which age on a directory without a lock is abandoned: whoever has just made one is about to take its lock.
    private static let makingLimit: TimeInterval = 60  // seconds

    /// Removes the clusters of processes that are gone. A living process holds the lock of its own.
    /// - Parameter age: Seconds since something was made in the directory; younger ones are left to their makers.
    static func sweep(_ parent: String, olderThan age: TimeInterval = makingLimit) {
        for name in (try? LocalCluster.FileSystem.entries(parent)) ?? [] where name.hasPrefix(directoryPrefix) {
            let root = "\(parent)/\(name)"
            guard let status = LocalCluster.FileSystem.status(root), status.isDirectory, status.owner == geteuid(),
                let resolved = try? LocalCluster.FileSystem.resolve(root), self.age(of: resolved) >= age
            else { continue }
            removeIfAbandoned(resolved)
        }
    }

    private static func age(of directory: String) -> TimeInterval {
        let attributes = try? FileManager.default.attributesOfItem(atPath: directory)
        return (attributes?[.modificationDate] as? Date).map { -$0.timeIntervalSinceNow } ?? 0
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
