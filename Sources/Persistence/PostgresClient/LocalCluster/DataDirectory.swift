import Foundation

extension LocalCluster {
    /// The directory with the data, as found on disk.
    struct DataDirectory {
        /// Absolute, links resolved.
        let path: String

        enum Content: Equatable {
            case nothing
            case cluster(major: Int)
            case somethingElse
        }

        private static let logLimitBytes: Int64 = 10 << 20
        private static let logTailBytes: UInt64 = 16 << 10
        private static let logTailLines = 8
        /// What a shell would take apart inside double quotes.
        private static let unusableCharacters: Set<Character> = ["\"", "$", "`", "\\", "\n", "\r"]

        var logPath: String { "\(path)/server.log" }
        private var postmasterPath: String { "\(path)/postmaster.pid" }

        /// Finds the directory behind a path, making those above it.
        init(locating path: String) throws {
            let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
            guard !absolute.contains(where: Self.unusableCharacters.contains) else {
                throw Failure.unusablePath(absolute)
            }
            let parent = FileSystem.parent(of: absolute)
            try FileSystem.makeDirectories(parent)
            if FileSystem.status(absolute) != nil {
                self.path = try FileSystem.resolve(absolute)
            } else {
                let resolved = try FileSystem.resolve(parent)
                self.path = (resolved as NSString).appendingPathComponent((absolute as NSString).lastPathComponent)
            }
        }

        func content() throws -> Content {
            guard let status = FileSystem.status(path) else { return .nothing }
            guard status.isDirectory else { return .somethingElse }
            if let version = try? String(contentsOfFile: "\(path)/PG_VERSION", encoding: .utf8),
                let major = Installation.majorVersion(version)
            {
                return .cluster(major: major)
            }
            return try FileSystem.entries(path).isEmpty ? .nothing : .somethingElse
        }

        /// Makes existing data the account's own (a copy made by root is root's), as private as PostgreSQL demands.
        func claim(for account: ServerAccount) throws {
            guard let status = FileSystem.status(path) else { return }
            if status.owner != account.user {
                try FileSystem.giveTree(path, to: account)
            }
            if status.mode & 0o077 != 0 {
                try FileSystem.check(chmod(path, 0o700), path)
            }
        }

        func postmaster() -> Postmaster? {
            (try? String(contentsOfFile: postmasterPath, encoding: .utf8)).flatMap(Postmaster.init(parsing:))
        }

        /// Makes PostgreSQL take postmaster.pid for stale although another process has come to bear that number.
        ///
        /// It passes over its starter's own, which pg_ctl tells it. Removing the file instead would also remove its
        /// check for orphaned processes that still write to the data.
        func disownPostmaster() throws {
            guard let text = try? String(contentsOfFile: postmasterPath, encoding: .utf8),
                let end = text.firstIndex(of: "\n")
            else { return }
            try FileSystem.overwrite(postmasterPath, with: "\(getpid())\(text[end...])")
        }

        /// Puts a log that has grown large aside. Where it ends, so that what follows is this start's.
        func rotateLog() -> UInt64 {
            guard let size = FileSystem.status(logPath)?.size else { return 0 }
            if size > Self.logLimitBytes, rename(logPath, "\(logPath).old") == 0 {
                return 0
            }
            return UInt64(max(0, size))
        }

        /// The last lines of the log after a position.
        func logTail(after position: UInt64) -> String {
            guard let file = FileHandle(forReadingAtPath: logPath) else { return "" }
            defer { try? file.close() }
            guard let end = try? file.seekToEnd(), end > position else { return "" }
            try? file.seek(toOffset: end - position > Self.logTailBytes ? end - Self.logTailBytes : position)
            guard let data = try? file.readToEnd() else { return "" }
            return Self.lastLines(String(decoding: data, as: UTF8.self))
        }

        static func lastLines(_ text: String) -> String {
            text.split(whereSeparator: \.isNewline).suffix(logTailLines).joined(separator: "\n")
        }
    }
}
