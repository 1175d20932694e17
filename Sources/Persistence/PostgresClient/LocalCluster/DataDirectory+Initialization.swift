import Foundation

extension LocalCluster.DataDirectory {
    private static let initializationLimit = Duration.seconds(120)

    /// Host lines are absent: nothing but the socket, in a directory nobody else may enter, leads in. "trust",
    /// because root may be the one who connects while PostgreSQL runs as another user.
    private static let authentication = "local all all trust\n"

    /// Makes a new cluster. It is made beside its place and moved there when complete, so that one interrupted
    /// half way is never mistaken for data.
    func initialize(
        with installation: LocalCluster.Installation, as account: LocalCluster.ServerAccount, durable: Bool,
        cancellation: LocalCluster.Cancellation,
    ) throws {
        let unfinished = try makeUnfinished(for: account)
        do {
            var command = account.prefix
            command += [
                installation.program("initdb"), "--pgdata=\(unfinished)", "--username=\(LocalCluster.Address.user)",
                "--encoding=UTF8", "--lc-messages=C", "--auth-local=trust", "--auth-host=reject",
            ]
            command += [durable ? "--data-checksums" : "--no-sync", "--locale=C.UTF-8"]
            var outcome = try LocalCluster.ChildProcess.run(
                command, within: Self.initializationLimit, cancellation: cancellation)
            if !outcome.succeeded, outcome.output.contains("invalid locale name") {
                command[command.endIndex - 1] = "--locale=C"
                outcome = try LocalCluster.ChildProcess.run(
                    command, within: Self.initializationLimit, cancellation: cancellation)
            }
            guard outcome.succeeded else {
                throw LocalCluster.Failure.starting(in: self, said: outcome.output)
            }
            try LocalCluster.FileSystem.overwrite("\(unfinished)/pg_hba.conf", with: Self.authentication)
            try LocalCluster.FileSystem.check(rename(unfinished, path), path)
            try LocalCluster.FileSystem.synchronize(directory: LocalCluster.FileSystem.parent(of: path))
        } catch {
            LocalCluster.FileSystem.remove(unfinished)
            throw error
        }
    }

    private var unfinishedPrefix: String { "\(path).initializing-" }

    private func makeUnfinished(for account: LocalCluster.ServerAccount) throws -> String {
        var template = (unfinishedPrefix + "XXXXXX").utf8CString.map { $0 }
        guard mkdtemp(&template) != nil else { throw LocalCluster.FileSystem.failure(errno, path) }
        let made = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try LocalCluster.FileSystem.check(lchown(made, account.user, account.group), made)
        return made
    }

    /// Removes what a process killed while it initialized left behind. The lock excludes a living one, but an
    /// initdb that outlives its starter can write a little more, which the next start removes.
    func removeUnfinished() {
        let parent = LocalCluster.FileSystem.parent(of: path)
        for name in (try? LocalCluster.FileSystem.entries(parent)) ?? [] {
            let sibling = (parent as NSString).appendingPathComponent(name)
            if sibling.hasPrefix(unfinishedPrefix) {
                LocalCluster.FileSystem.remove(sibling)
            }
        }
    }
}

extension LocalCluster.Failure {
    /// Makes sense of what a program of PostgreSQL said before it gave up.
    static func starting(in data: LocalCluster.DataDirectory, said text: String) -> Self {
        let fullDiskMessages = ["No space left on device", "Disk quota exceeded"]
        let parent = LocalCluster.FileSystem.parent(of: data.path)
        // On a full disk there may have been no room for the message either.
        if fullDiskMessages.contains(where: text.contains) || LocalCluster.FileSystem.isFull(parent) {
            return .diskFull(directory: data.path)
        }
        return .startFailed(directory: data.path, detail: LocalCluster.DataDirectory.lastLines(text))
    }
}
