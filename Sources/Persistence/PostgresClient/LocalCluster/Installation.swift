import Foundation

extension LocalCluster {
    /// PostgreSQL's programs of one major version.
    struct Installation: Equatable {
        let binDirectory: String
        let major: Int

        func program(_ name: String) -> String {
            "\(binDirectory)/\(name)"
        }

        /// Every installation on this machine in order of preference: those on the search path, then the newest.
        /// - Throws: ``Failure/notInstalled(binDirectory:)`` without any.
        static func all(for configuration: Configuration) throws -> [Installation] {
            let found: [Installation]
            if let only = configuration.binDirectory {
                found = [Installation(at: only)].compactMap { $0 }
            } else {
                let searched = configuration.searchPath.split(separator: ":").map(String.init)
                    .filter { $0.hasPrefix("/") }
                found =
                    searched.compactMap(Installation.init(at:))
                    + usualDirectories().compactMap(Installation.init(at:)).sorted { $0.major > $1.major }
            }
            if found.isEmpty {
                throw Failure.notInstalled(binDirectory: configuration.binDirectory)
            }
            return found
        }

        /// The programs for data of a major version, or the preferred ones for data yet to be made.
        /// - Throws: ``Failure/wrongMajorVersion(directory:data:installed:)``.
        static func choose(from all: [Installation], major: Int?, directory: String) throws -> Installation {
            if let match = all.first(where: { major == nil || $0.major == major }) {
                return match
            }
            let installed = Set(all.map(\.major)).sorted()
            throw Failure.wrongMajorVersion(directory: directory, data: major ?? 0, installed: installed)
        }

        private static let programs = ["initdb", "pg_ctl", "postgres"]
        private static let versionSeconds = 10

        /// Debian, Alpine, PGDG's packages for Red Hat, Homebrew on ARM, Intel and Linux, Postgres.app.
        private static let versioned = [
            ("/usr/lib/postgresql", "", "/bin"),
            ("/usr/libexec", "postgresql", ""),
            ("/usr", "pgsql-", "/bin"),
            ("/opt/homebrew/opt", "postgresql@", "/bin"),
            ("/usr/local/opt", "postgresql@", "/bin"),
            ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "/bin"),
            ("/Applications/Postgres.app/Contents/Versions", "", "/bin"),
        ]
        private static let plain = ["/usr/bin", "/usr/local/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin"]

        private static func usualDirectories() -> [String] {
            versioned.flatMap { parent, prefix, suffix in
                ((try? FileSystem.entries(parent)) ?? []).filter { $0.hasPrefix(prefix) }
                    .map { "\(parent)/\($0)\(suffix)" }
            } + plain
        }

        init(binDirectory: String, major: Int) {
            self.binDirectory = binDirectory
            self.major = major
        }

        /// Nil where a program is missing or does not run. The directory may hold links to the programs.
        private init?(at directory: String) {
            guard let program = try? FileSystem.resolve("\(directory)/pg_ctl") else { return nil }
            let home = FileSystem.parent(of: program)
            guard Self.programs.allSatisfy({ access("\(home)/\($0)", X_OK) == 0 }),
                let outcome = try? ChildProcess.run(
                    ["\(home)/postgres", "--version"], within: .seconds(Self.versionSeconds)),
                outcome.succeeded, let major = Self.majorVersion(outcome.output)
            else { return nil }
            self.init(binDirectory: home, major: major)
        }

        /// Reads "postgres (PostgreSQL) 15.14 (Debian 15.14-0)", "17beta1" and PG_VERSION's "15".
        static func majorVersion(_ text: String) -> Int? {
            let word = text.split(whereSeparator: \.isWhitespace).first { $0.first?.isNumber == true }
            return word.flatMap { Int($0.prefix { $0.isNumber }) }
        }
    }
}
