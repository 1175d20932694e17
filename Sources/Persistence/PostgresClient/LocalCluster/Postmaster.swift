import Foundation

extension LocalCluster {
    /// What postmaster.pid says about the process that has a data directory open, or had before a crash.
    struct Postmaster: Equatable {
        let process: pid_t
        let port: Int?
        let socketDirectory: String?
        let isReady: Bool

        /// Reads the lines of postmaster.pid; a process that is still starting has not written all of them.
        /// (Process, data directory, start time, port, socket directory, address, shared memory, state.)
        init?(parsing text: String) {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            func line(_ index: Int) -> String? {
                lines.indices.contains(index) && !lines[index].isEmpty ? lines[index] : nil
            }
            // A standalone backend writes its id negated.
            guard let process = line(0).flatMap({ pid_t($0) }), process != 0, process != .min else { return nil }
            self.process = abs(process)
            port = line(3).flatMap { Int($0) }
            socketDirectory = line(4)
            isReady = line(7) == "ready"
        }

        /// Whether there is such a process. One that ended is none, although a container whose first process
        /// reaps no orphans keeps its number taken.
        var isAlive: Bool {
            guard kill(process, 0) == 0 || errno == EPERM else { return false }
            // The state follows the name, which is in parentheses and may hold anything.
            let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            return line?.split(separator: ")").last?.hasPrefix(" Z") != true
        }

        /// Whether the process works in the directory, as PostgreSQL does. Nil where the system does not tell.
        func works(in directory: String) -> Bool? {
            guard isAlive else { return false }
            #if os(Linux)
                guard let place = FileSystem.status("/proc/\(process)/cwd", followingLink: true),
                    let data = FileSystem.status(directory, followingLink: true)
                else { return nil }
                return place.isSameFile(as: data)
            #else
                return nil
            #endif
        }
    }
}
