import Foundation

extension LocalCluster {
    /// One of PostgreSQL's programs, or a helper of ours, run as a child.
    ///
    /// A child gets a session of its own (Ctrl-C reaches the server, not it), default signal dispositions, a bare
    /// environment (none of libpq's PG* variables; LC_ALL=C, so that messages can be recognised), the root as its
    /// working directory (an unprivileged user may not be able to enter the server's) and no open file but three.
    enum ChildProcess {
        struct Outcome {
            let succeeded: Bool
            /// Standard output and standard error together.
            let output: String
        }

        /// What a child may say before the rest is dropped.
        private static let outputLimitBytes = 256 << 10
        private static let pollMilliseconds: Int32 = 20
        private static let shell = "/bin/sh"

        private static let environment = ["PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C", "TZ=UTC"]

        /// Runs a program to its end. One that outlives the time limit, or the task, is killed.
        static func run(
            _ command: [String], within limit: Duration, cancellation: Cancellation? = nil,
        ) throws -> Outcome {
            let pipe = try makePipe()
            defer { close(pipe.reading) }
            let child: pid_t
            do {
                defer { close(pipe.writing) }
                child = try spawn(command, output: pipe.writing)
            }
            let deadline = ContinuousClock.now + limit
            var output: [UInt8] = []
            var open = true
            while true {
                if open {
                    open = read(from: pipe.reading, into: &output)
                } else {
                    poll(nil, 0, pollMilliseconds)
                }
                if let succeeded = reap(child, blocking: false) {
                    while open, isReadable(pipe.reading, within: 0) {
                        open = read(from: pipe.reading, into: &output)
                    }
                    return Outcome(succeeded: succeeded, output: String(decoding: output, as: UTF8.self))
                }
                if cancellation?.isCancelled == true || ContinuousClock.now > deadline {
                    kill(child, SIGKILL)
                    _ = reap(child, blocking: true)
                    try cancellation?.check()
                    output += Array("\nit took longer than \(limit)".utf8)
                    return Outcome(succeeded: false, output: String(decoding: output, as: UTF8.self))
                }
            }
        }

        /// Starts a program that reads from `input` (nothing without one) and writes to `output` (likewise).
        static func spawn(_ command: [String], input: Int32? = nil, output: Int32? = nil) throws -> pid_t {
            #if canImport(Darwin)
                var actions: posix_spawn_file_actions_t?
                var attributes: posix_spawnattr_t?
            #else
                var actions = posix_spawn_file_actions_t()
                var attributes = posix_spawnattr_t()
            #endif
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawnattr_init(&attributes)
            defer { posix_spawnattr_destroy(&attributes) }

            if let input {
                posix_spawn_file_actions_adddup2(&actions, input, 0)
            } else {
                posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            }
            for descriptor: Int32 in 1...2 {
                if let output {
                    posix_spawn_file_actions_adddup2(&actions, output, descriptor)
                } else {
                    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
                }
            }
            #if canImport(Darwin)
                let own = Int32(POSIX_SPAWN_SETSID) | Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
            #else
                let own = setSession
                for descriptor in 3..<(try pastLastDescriptor()) {
                    posix_spawn_file_actions_addclose(&actions, descriptor)
                }
            #endif

            var signals = sigset_t()
            sigemptyset(&signals)
            posix_spawnattr_setsigmask(&attributes, &signals)
            sigfillset(&signals)
            posix_spawnattr_setsigdefault(&attributes, &signals)
            let flags = own | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
            posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))

            var child: pid_t = 0
            let code = withCStrings([shell, "-c", "cd / && exec \"$@\"", shell] + command) { arguments in
                withCStrings(environment) { environment in
                    posix_spawn(&child, shell, &actions, &attributes, arguments, environment)
                }
            }
            guard code == 0 else { throw FileSystem.failure(code, shell) }
            return child
        }

        #if !canImport(Darwin)
            /// POSIX_SPAWN_SETSID of glibc and musl, which Swift does not import: it is a GNU extension.
            private static let setSession: Int32 = 0x80

            /// Descriptors opened by other threads meanwhile (theirs are close-on-exec, as ours, a moment later).
            private static let descriptorReserve: Int32 = 64

            /// The end of the range of descriptors to close; closing one that is not open is no error.
            private static func pastLastDescriptor() throws -> Int32 {
                (try FileSystem.entries("/proc/self/fd").compactMap { Int32($0) }.max() ?? 2) + descriptorReserve
            }
        #endif

        /// Waits for a child that is sure to end. Whether it succeeded; nil when it still runs.
        static func reap(_ child: pid_t, blocking: Bool) -> Bool? {
            var status: Int32 = 0
            while true {
                let result = waitpid(child, &status, blocking ? 0 : WNOHANG)
                if result == -1, errno == EINTR { continue }
                return result == 0 ? nil : result == child && status == 0
            }
        }

        /// A pipe neither of whose ends a child inherits unless it is handed one.
        static func makePipe() throws -> (reading: Int32, writing: Int32) {
            var ends: [Int32] = [-1, -1]
            try FileSystem.check(pipe(&ends), "a pipe")
            for end in ends {
                try FileSystem.check(fcntl(end, F_SETFD, FD_CLOEXEC), "a pipe")
            }
            return (ends[0], ends[1])
        }

        private static func isReadable(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&entry, 1, milliseconds) > 0
        }

        /// Reads what there is, waiting a moment for it; false at the end.
        private static func read(from descriptor: Int32, into output: inout [UInt8]) -> Bool {
            guard isReadable(descriptor, within: pollMilliseconds) else { return true }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return count == -1 && errno == EINTR }
            output += chunk.prefix(min(count, max(0, outputLimitBytes - output.count)))
            return true
        }

        private static func withCStrings<Result>(
            _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result,
        ) -> Result {
            let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
            defer {
                for copy in copies { free(copy) }
            }
            return body(copies + [nil])
        }
    }
}
