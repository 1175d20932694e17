import Foundation
import Testing

@testable import PostgresClient

@Suite(.serialized)
struct LocalClusterFailureTests {
    @Test func `a second server on the directory is told who has it`() async throws {
        try await withClusterDirectory { root in
            try await LocalCluster.running(.quick("\(root)/postgres")) { cluster async throws in
                #expect(
                    try await failure(of: .quick("\(root)/postgres"))
                        == .alreadyInUse(directory: "\(root)/postgres", process: getpid()))
                #expect(try await cluster.query("select 1") == ["1"])
            }
        }
    }

    @Test func `two servers that start at once on a new directory end as one`() async throws {
        try await withClusterDirectory { root in
            let configuration = LocalCluster.Configuration.quick("\(root)/postgres")
            let started = await withTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask { try? await LocalCluster.start(configuration, logger: .quiet) }
                }
                return await group.reduce(into: []) { $0 += [$1].compactMap { $0 } }
            }
            #expect(started.count == 1)
            for cluster in started {
                await cluster.stop()
            }
        }
    }

    @Test func `the directory is found behind a symbolic link`() async throws {
        try await withClusterDirectory { root in
            try LocalCluster.FileSystem.makeDirectories("\(root)/real")
            try #require(symlink("\(root)/real", "\(root)/link") == 0)
            try await LocalCluster.running(.quick("\(root)/link/postgres")) { _ async throws in
                #expect(
                    try await failure(of: .quick("\(root)/real/postgres"))
                        == .alreadyInUse(directory: "\(root)/real/postgres", process: getpid()))
            }
        }
    }

    @Test func `a missing installation leaves the directory alone`() async throws {
        try await withClusterDirectory { root async throws in
            var configuration = LocalCluster.Configuration.quick("\(root)/data/postgres")
            configuration.binDirectory = "\(root)/bin"
            #expect(try await failure(of: configuration) == .notInstalled(binDirectory: "\(root)/bin"))
            #expect(try LocalCluster.FileSystem.entries(root).isEmpty)
        }
    }

    @Test func `data of a major version that is not installed is left alone`() async throws {
        try await withClusterDirectory { root in
            let directory = "\(root)/postgres"
            try LocalCluster.FileSystem.makeDirectories(directory)
            try LocalCluster.FileSystem.overwrite("\(directory)/PG_VERSION", with: "9.6\n")
            let installed = Set(try LocalCluster.Installation.all(for: .quick(directory)).map(\.major)).sorted()
            #expect(
                try await failure(of: .quick(directory))
                    == .wrongMajorVersion(directory: directory, data: 9, installed: installed))
            #expect(try LocalCluster.FileSystem.entries(directory) == ["PG_VERSION"])
        }
    }

    @Test func `files that are not a cluster are left alone`() async throws {
        try await withClusterDirectory { root in
            try LocalCluster.FileSystem.overwrite("\(root)/notes.txt", with: "mine")
            #expect(try await failure(of: .quick(root)) == .notACluster(directory: root))
            #expect(try LocalCluster.FileSystem.entries(root) == ["notes.txt"])
            LocalCluster.FileSystem.remove("\(root).lock")
        }
    }

    @Test(arguments: ["a\"b", "a$(b)", "a`b`", "a\\b", "a\nb"])
    func `a path that a shell would take apart is refused`(_ name: String) async throws {
        try await withClusterDirectory { root async throws in
            #expect(try await failure(of: .quick("\(root)/\(name)")) == .unusablePath("\(root)/\(name)"))
        }
    }

    @Test(.enabled(if: geteuid() != 0)) func `a directory of another user is refused`() async throws {
        #expect(
            try await failure(of: .quick("/usr/lib"))
                == .ownedByAnother(directory: try LocalCluster.FileSystem.resolve("/usr/lib"), owner: "root"))
    }

    @Test func `what is planted in place of the socket's directory is refused`() async throws {
        try await withClusterDirectory { root in
            let directory = "\(root)/postgres"
            let account = try LocalCluster.ServerAccount.find(for: directory)
            let path = LocalCluster.SocketDirectory(dataDirectory: directory, user: account.user).path
            defer { unlink(path) }
            try #require(symlink(root, path) == 0)
            #expect(try await failure(of: .quick(directory)) == .unsafeSocketDirectory(path))
            unlink(path)
            try LocalCluster.FileSystem.overwrite(path, with: "")
            #expect(try await failure(of: .quick(directory)) == .unsafeSocketDirectory(path))
        }
    }

    @Test func `any other failure comes with the last lines of the log`() async throws {
        try await withClusterDirectory { root in
            var configuration = LocalCluster.Configuration.quick("\(root)/postgres")
            configuration.settings = ["no_such_setting": "on"]
            let failure = try #require(try await failure(of: configuration))
            #expect(failure.description.hasPrefix("PostgreSQL did not start in \(root)/postgres: "))
            #expect(failure.description.contains("unrecognized configuration parameter \"no_such_setting\""))
        }
    }

    @Test(
        arguments: [
            .notInstalled(binDirectory: nil), .wrongMajorVersion(directory: "/d", data: 14, installed: [15, 17]),
            .alreadyInUse(directory: "/d", process: 42), .diskFull(directory: "/d"), .notACluster(directory: "/d"),
            .ownedByAnother(directory: "/d", owner: "ann"), .unusablePath("/d\""), .unsafeSocketDirectory("/tmp/s"),
            .cannotLeaveRoot(missing: "setpriv"), .unreachable(directory: "/d", user: "nobody"),
            .fileSystem(path: "/d", reason: "Permission denied"), .startFailed(directory: "/d", detail: "log"),
        ] as [LocalCluster.Failure])
    func `every failure is one sentence that names the remedy`(_ failure: LocalCluster.Failure) throws {
        let sentence = try #require(failure.description.split(separator: "\n").first)
        #expect(sentence.hasSuffix("."))
        #expect(sentence.dropLast().contains(". ") == false)
        #expect(sentence.contains("PLINTH_DATA_DIR") || sentence.contains("DATABASE_URL"))
    }
}
