extension LocalCluster {
    /// pg_ctl, which starts PostgreSQL in a session of its own and stops it.
    struct Controller: Sendable {
        enum ShutdownMode: String {
            case fast
            case immediate
        }

        /// How long PostgreSQL may take to accept connections, replaying its write-ahead log included.
        static let startSeconds = 60
        /// What a run of pg_ctl may take beyond the time it was told.
        private static let marginSeconds = 2
        private static let statusSeconds = 10

        let program: String
        let prefix: [String]
        let directory: String

        init(installation: Installation, account: ServerAccount, directory: String) {
            program = installation.program("pg_ctl")
            prefix = account.prefix
            self.directory = directory
        }

        func start(_ settings: [String: String], log: String, cancellation: Cancellation) throws -> ChildProcess.Outcome
        {
            let options = settings.sorted { $0.key < $1.key }
                .map { "-c \(Self.shellQuoted("\($0.key)=\($0.value)"))" }.joined(separator: " ")
            return try run(
                ["start", "-w", "-t", "\(Self.startSeconds)", "-s", "-l", log, "-o", options],
                within: Self.startSeconds + Self.marginSeconds, cancellation: cancellation)
        }

        /// Whether it is stopped now.
        func stop(_ mode: ShutdownMode, withinSeconds seconds: Int) -> Bool {
            let arguments = ["stop", "-w", "-t", "\(seconds)", "-s", "-m", mode.rawValue]
            let outcome = try? run(arguments, within: seconds + Self.marginSeconds)
            return outcome?.succeeded == true || !isRunning()
        }

        /// Whether the process that postmaster.pid names is alive, and the user's.
        func isRunning() -> Bool {
            (try? run(["status"], within: Self.statusSeconds))?.succeeded == true
        }

        private func run(
            _ arguments: [String], within seconds: Int, cancellation: Cancellation? = nil,
        ) throws -> ChildProcess.Outcome {
            try ChildProcess.run(
                prefix + [program] + arguments + ["-D", directory], within: .seconds(seconds),
                cancellation: cancellation)
        }

        /// pg_ctl hands its options to a shell.
        static func shellQuoted(_ text: String) -> String {
            "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
        }
    }
}
