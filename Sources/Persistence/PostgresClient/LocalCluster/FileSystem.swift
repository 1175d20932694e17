import Foundation

extension LocalCluster {
    /// The few file operations that say in a ``Failure`` what went wrong, and that never follow a planted link.
    enum FileSystem {
        /// What `lstat` or `stat` tells about a path.
        struct Status {
            let owner: uid_t
            let group: gid_t
            let mode: mode_t
            let size: Int64
            let device: dev_t
            let inode: ino_t

            var isDirectory: Bool { mode & S_IFMT == S_IFDIR }

            init(_ raw: stat) {
                owner = raw.st_uid
                group = raw.st_gid
                mode = mode_t(raw.st_mode)
                size = Int64(raw.st_size)
                device = raw.st_dev
                inode = raw.st_ino
            }

            func isSameFile(as other: Status) -> Bool {
                device == other.device && inode == other.inode
            }
        }

        static func status(_ path: String, followingLink: Bool = false) -> Status? {
            var raw = stat()
            let result = followingLink ? stat(path, &raw) : lstat(path, &raw)
            return result == 0 ? Status(raw) : nil
        }

        static func status(descriptor: Int32) -> Status? {
            var raw = stat()
            return fstat(descriptor, &raw) == 0 ? Status(raw) : nil
        }

        /// Throws what `errno` says when a call on a path returned -1.
        @discardableResult
        static func check(_ result: Int32, _ path: String) throws -> Int32 {
            guard result == -1 else { return result }
            throw failure(errno, path)
        }

        static func failure(_ code: Int32, _ path: String) -> Failure {
            code == ENOSPC || code == EDQUOT
                ? .diskFull(directory: path)
                : .fileSystem(path: path, reason: String(cString: strerror(code)))
        }

        /// Makes a directory and those above it. A parent made by root may be walked through by the unprivileged
        /// user that PostgreSQL runs as, without letting it list what else is there.
        static func makeDirectories(_ path: String) throws {
            guard status(path, followingLink: true) == nil else { return }
            let parent = parent(of: path)
            if parent != path {
                try makeDirectories(parent)
            }
            guard mkdir(path, geteuid() == 0 ? 0o711 : 0o700) == -1, errno != EEXIST else { return }
            throw failure(errno, path)
        }

        static func parent(of path: String) -> String {
            (path as NSString).deletingLastPathComponent
        }

        static func resolve(_ path: String) throws -> String {
            guard let resolved = realpath(path, nil) else { throw failure(errno, path) }
            defer { free(resolved) }
            return String(cString: resolved)
        }

        static func entries(_ path: String) throws -> [String] {
            guard let stream = opendir(path) else { throw failure(errno, path) }
            closedir(stream)
            return (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        }

        /// Replaces what a file says, keeping its owner and mode.
        static func overwrite(_ path: String, with text: String) throws {
            let descriptor = try check(open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600), path)
            defer { close(descriptor) }
            let bytes = Array(text.utf8)
            guard write(descriptor, bytes, bytes.count) == bytes.count else { throw failure(errno, path) }
            try check(fsync(descriptor), path)
        }

        /// Puts a rename within a directory on the disk.
        static func synchronize(directory: String) throws {
            let descriptor = try check(open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC), directory)
            defer { close(descriptor) }
            try check(fsync(descriptor), directory)
        }

        /// Gives a whole tree to a user; links themselves, not what they point to.
        static func giveTree(_ path: String, to account: ServerAccount) throws {
            try check(lchown(path, account.user, account.group), path)
            guard let walker = FileManager.default.enumerator(atPath: path) else { return }
            for case let name as String in walker {
                try check(lchown("\(path)/\(name)", account.user, account.group), path)
            }
        }

        static func remove(_ path: String) {
            try? FileManager.default.removeItem(atPath: path)
        }

        /// Whether a file system has too little room left for PostgreSQL to even write why it gave up.
        static func isFull(_ path: String) -> Bool {
            var raw = statvfs()
            guard statvfs(path, &raw) == 0 else { return false }
            let (bytes, overflow) = UInt64(raw.f_bavail).multipliedReportingOverflow(by: UInt64(raw.f_frsize))
            return !overflow && bytes < leastFreeBytes
        }

        private static let leastFreeBytes: UInt64 = 1 << 20
    }
}
