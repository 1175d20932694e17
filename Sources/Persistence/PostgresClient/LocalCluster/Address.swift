extension LocalCluster {
    /// Where a cluster is reached, and as whom.
    struct Address: Equatable {
        /// Only a part of the socket's name, as nothing listens on the network.
        static let port = 5432
        /// The superuser that made the cluster and owns what is in it.
        static let user = "plinth"
        /// The database that is always there.
        static let maintenanceDatabase = "postgres"

        let socket: SocketDirectory
        var port = Address.port
        let database: String

        func connectionString(database: String) -> String {
            "host=\(Self.quoted(socket.path)) port=\(port) user=\(Self.user) dbname=\(Self.quoted(database))"
        }

        /// A value of a connection string, as libpq reads it.
        static func quoted(_ value: String) -> String {
            let plain = value.utf8.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/._-".utf8.contains(byte)
            }
            if plain, !value.isEmpty {
                return value
            }
            let escaped = value.map { "'\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
            return "'\(escaped)'"
        }
    }
}
