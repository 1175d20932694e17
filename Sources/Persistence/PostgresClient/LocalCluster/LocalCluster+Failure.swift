extension LocalCluster {
    /// Why a cluster could not be started. Each description is one sentence for the operator, with the remedy;
    /// only ``startFailed(directory:detail:)`` is followed by the last lines PostgreSQL said.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// PostgreSQL's programs were not found (in the given directory, or anywhere).
        case notInstalled(binDirectory: String?)
        /// The data was written by a major version none of whose programs are installed.
        case wrongMajorVersion(directory: String, data: Int, installed: [Int])
        /// Another process owns the directory. The process id is nil when it could not be read.
        case alreadyInUse(directory: String, process: Int32?)
        /// No space is left, or the quota is used up, on the file system of the directory.
        case diskFull(directory: String)
        /// The directory has files in it, but no PostgreSQL data.
        case notACluster(directory: String)
        /// The directory belongs to another user of the machine.
        case ownedByAnother(directory: String, owner: String)
        /// The path has a character that pg_ctl, which passes it through a shell, cannot take.
        case unusablePath(String)
        /// The directory for the socket is not safe to use: it is somebody else's, or not a directory.
        case unsafeSocketDirectory(String)
        /// PostgreSQL refuses to run as root, and there is no way to become somebody else.
        case cannotLeaveRoot(missing: String)
        /// The unprivileged user that PostgreSQL would run as cannot enter the directory's parent.
        case unreachable(directory: String, user: String)
        /// The operating system refused something about a file.
        case fileSystem(path: String, reason: String)
        /// PostgreSQL did not start, or did not do as told, for any other reason.
        case startFailed(directory: String, detail: String)

        public var description: String {
            switch self {
            case .notInstalled(let binDirectory):
                """
                PostgreSQL is not installed\(binDirectory.map { " in \($0)" } ?? ""): run "apt-get install \
                postgresql" (with create_main_cluster = false in /etc/postgresql-common/createcluster.conf \
                beforehand Debian starts no cluster of its own) or "brew install postgresql@17", or set DATABASE_URL.
                """
            case .wrongMajorVersion(let directory, let data, let installed):
                """
                The data in \(directory) was written by PostgreSQL \(data) and only PostgreSQL \
                \(installed.map(String.init).joined(separator: ", ")) is installed: install version \(data), \
                move the data with pg_upgrade, or set PLINTH_DATA_DIR to another directory.
                """
            case .alreadyInUse(let directory, let process):
                """
                Another server\(process.map { " (process \($0))" } ?? "") is using \(directory): stop it, or give \
                this one data of its own by setting PLINTH_DATA_DIR or DATABASE_URL.
                """
            case .diskFull(let directory):
                """
                The disk that holds \(directory) is full: free some space, or set PLINTH_DATA_DIR to a directory \
                on another disk.
                """
            case .notACluster(let directory):
                """
                \(directory) holds files but no PostgreSQL data: move them away, or set PLINTH_DATA_DIR to another \
                directory.
                """
            case .ownedByAnother(let directory, let owner):
                """
                \(directory) belongs to the user \(owner): run the server as that user, or set PLINTH_DATA_DIR to a \
                directory of your own.
                """
            case .unusablePath(let path):
                """
                PostgreSQL's pg_ctl cannot take a path with a quote, $, `, \\ or line break, such as \(path): set \
                PLINTH_DATA_DIR to a plain one.
                """
            case .unsafeSocketDirectory(let path):
                """
                \(path), where PostgreSQL's socket belongs, is not a directory of the user it runs as: remove it, \
                or set PLINTH_DATA_DIR to another directory.
                """
            case .cannotLeaveRoot(let missing):
                """
                PostgreSQL refuses to run as root and \(missing) is missing to run it as somebody else: start the \
                server as another user, or set DATABASE_URL.
                """
            case .unreachable(let directory, let user):
                """
                PostgreSQL refuses to run as root and the user \(user), whom it runs as instead, cannot enter the \
                directory above \(directory): set PLINTH_DATA_DIR to a directory that every user may enter, such \
                as /var/lib/plinth.
                """
            case .fileSystem(let path, let reason):
                "\(path) cannot be used (\(reason)): correct that, or set PLINTH_DATA_DIR to another directory."
            case .startFailed(let directory, let detail):
                """
                PostgreSQL did not start in \(directory): correct what its last lines say, or set DATABASE_URL.
                \(detail)
                """
            }
        }
    }
}
