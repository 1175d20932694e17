import Foundation

extension LocalCluster {
    /// The private directory of a cluster's socket. It is not beside the data, because a socket's path may have
    /// only 107 bytes (103 on Apple's systems).
    struct SocketDirectory: Equatable {
        let path: String

        init(path: String) {
            self.path = path
        }

        /// The directory of a cluster, the same one for the same data at every start.
        init(dataDirectory: String, user: uid_t) {
            let hash = String(Self.fingerprint(dataDirectory), radix: 16)
            path = "/tmp/plinth-\(user)-\(String(repeating: "0", count: max(0, 16 - hash.count)))\(hash)"
        }

        /// FNV-1a: stable over processes, which the standard library's hash is not. Not a secret.
        static func fingerprint(_ text: String) -> UInt64 {
            text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }

        /// Makes the directory, mode 0700 and the account's own, and clears it of what a crash left behind.
        /// To be called by the owner of the data only, and never while PostgreSQL runs.
        /// - Throws: ``Failure/unsafeSocketDirectory(_:)`` where somebody else has put something in its place.
        func prepare(for account: ServerAccount) throws {
            if mkdir(path, 0o700) == -1, errno != EEXIST {
                throw FileSystem.failure(errno, path)
            }
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor != -1 else { throw Failure.unsafeSocketDirectory(path) }
            defer { close(descriptor) }
            guard let status = FileSystem.status(descriptor: descriptor),
                status.owner == account.user || status.owner == geteuid()
            else { throw Failure.unsafeSocketDirectory(path) }
            if status.owner != account.user {
                try FileSystem.check(fchown(descriptor, account.user, account.group), path)
            }
            try FileSystem.check(fchmod(descriptor, 0o700), path)
            for name in try FileSystem.entries(path) where name.hasPrefix(".s.PGSQL.") {
                unlink("\(path)/\(name)")
            }
        }

        /// Whether the directory is there and nobody but the account (and root) can have put a socket into it.
        func isSafe(for account: ServerAccount) -> Bool {
            guard let status = FileSystem.status(path) else { return false }
            return status.isDirectory && status.owner == account.user && status.mode & 0o077 == 0
        }

        func hasSocket(port: Int) -> Bool {
            FileSystem.status("\(path)/.s.PGSQL.\(port)") != nil
        }

        /// Removes the directory once PostgreSQL has taken its socket away.
        func remove() {
            rmdir(path)
        }
    }
}
