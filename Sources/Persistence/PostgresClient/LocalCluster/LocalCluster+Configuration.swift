extension LocalCluster {
    /// Where a cluster lives and how it runs.
    public struct Configuration: Sendable {
        /// The data directory; created with its parents when missing. Relative to the working directory.
        public var directory: String
        /// The database that is made at the first start.
        public var databaseName: String
        /// Settings of postgresql.conf given to PostgreSQL when it starts; an adopted cluster keeps those it has.
        /// Where it listens is not among them.
        public var settings: [String: String]
        /// The one directory to take PostgreSQL's programs from, instead of looking for them.
        public var binDirectory: String?
        /// Directories, separated by colons, searched before the usual places of Debian, PGDG and Homebrew: what
        /// the environment variable PATH holds. The caller passes it, as this module reads no environment.
        public var searchPath: String
        /// Whether committed data survives a crash of the machine. Only a throwaway cluster can do without.
        public var durable: Bool

        public init(
            directory: String,
            databaseName: String = "plinth",
            settings: [String: String] = [:],
            binDirectory: String? = nil,
            searchPath: String = "",
            durable: Bool = true,
        ) {
            self.directory = directory
            self.databaseName = databaseName
            self.settings = settings
            self.binDirectory = binDirectory
            self.searchPath = searchPath
            self.durable = durable
        }

        /// The settings PostgreSQL is started with; what keeps the cluster private is not open to change.
        func serverSettings(socketDirectory: String) -> [String: String] {
            var all = ["cluster_name": "plinth", "log_destination": "stderr", "logging_collector": "off"]
            if !durable {
                all.merge(Self.throwaway) { $1 }
            }
            all.merge(settings) { $1 }
            all.merge([
                "listen_addresses": "",
                "port": String(Address.port),
                "unix_socket_directories": socketDirectory,
                "unix_socket_permissions": "0700",
            ]) { $1 }
            return all
        }

        /// Speed over safety. Autovacuum would connect to a template just as a test copies it.
        private static let throwaway = [
            "autovacuum": "off",
            "checkpoint_timeout": "1h",
            "fsync": "off",
            "full_page_writes": "off",
            "jit": "off",
            "max_connections": "400",
            "max_wal_senders": "0",
            "shared_buffers": "64MB",
            "synchronous_commit": "off",
            "wal_level": "minimal",
        ]
    }
}
