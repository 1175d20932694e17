import CLibPQ

extension LocalCluster {
    /// A blocking connection for the few statements that administer a cluster. Not for the cooperative pool:
    /// use it on a thread of its own.
    struct AdminConnection: ~Copyable {
        /// What PostgreSQL, or libpq, answered instead of a result.
        struct Refusal: Error, Equatable {
            /// Five characters, or nil when no server answered.
            let sqlState: String?
            let message: String
        }

        private static let options =
            " connect_timeout=30 application_name=plinth-cluster options='-c client_min_messages=error'"

        private let connection: OpaquePointer

        init(_ connectionString: String) throws(Refusal) {
            guard let connection = PQconnectdb(connectionString + Self.options) else {
                throw Refusal(sqlState: nil, message: "out of memory")
            }
            guard PQstatus(connection) == CONNECTION_OK else {
                let message = Self.message(PQerrorMessage(connection))
                PQfinish(connection)
                throw Refusal(sqlState: nil, message: message)
            }
            self.connection = connection
        }

        deinit {
            PQfinish(connection)
        }

        /// Runs one statement. The first column of its rows, as text; null is an empty one.
        @discardableResult
        func run(_ statement: String) throws(Refusal) -> [String] {
            let result = PQexec(connection, statement)
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK:
                return []
            case PGRES_TUPLES_OK:
                return (0..<PQntuples(result)).map { Self.message(PQgetvalue(result, $0, 0)) }
            default:
                // PG_DIAG_SQLSTATE, a character constant that is not imported.
                let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) }
                throw Refusal(sqlState: state, message: Self.message(PQerrorMessage(connection)))
            }
        }

        /// A name as PostgreSQL reads it back unchanged.
        static func identifier(_ name: String) -> String {
            "\"\(doubling("\"", in: name))\""
        }

        /// A text constant; standard_conforming_strings is on.
        static func literal(_ text: String) -> String {
            "'\(doubling("'", in: text))'"
        }

        private static func doubling(_ mark: Character, in text: String) -> String {
            text.split(separator: mark, omittingEmptySubsequences: false).joined(separator: "\(mark)\(mark)")
        }

        private static func message(_ text: UnsafePointer<CChar>?) -> String {
            text.map { String(cString: $0) } ?? ""
        }

        private static func message(_ text: UnsafeMutablePointer<CChar>?) -> String {
            message(text.map { UnsafePointer($0) })
        }
    }
}

extension LocalCluster.Failure {
    private static let diskFullState = "53100"

    /// What a refused administrative statement means for the cluster.
    static func refused(_ refusal: LocalCluster.AdminConnection.Refusal, in directory: String) -> Self {
        refusal.sqlState == diskFullState
            ? .diskFull(directory: directory)
            : .startFailed(directory: directory, detail: LocalCluster.DataDirectory.lastLines(refusal.message))
    }
}
