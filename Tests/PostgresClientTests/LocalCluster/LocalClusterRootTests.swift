import Foundation
import Testing

@testable import PostgresClient

/// What differs when the server runs as root, which PostgreSQL itself refuses.
@Suite(.serialized, .enabled(if: geteuid() == 0))
struct LocalClusterRootTests {
    @Test func `below a home of mode 700 PostgreSQL is unprivileged but for the right to pass`() async throws {
        try await withClusterDirectory { root in
            try #require(chmod(root, 0o700) == 0)
            try await LocalCluster.running(.quick("\(root)/clone/.plinth/postgres")) { cluster in
                let process = try #require(cluster.postmaster?.process)
                let owner = try #require(LocalCluster.FileSystem.status(cluster.directory)).owner
                #expect(owner != 0)
                #expect(processStatus(process, "Uid")?.split(separator: "\t").allSatisfy { $0 == "\(owner)" } == true)
                // CAP_DAC_READ_SEARCH is number 2.
                #expect(processStatus(process, "CapEff").flatMap { Int($0, radix: 16) } == 1 << 2)
                #expect(processStatus(process, "Groups") == "")
                #expect(try await cluster.query("select 1") == ["1"])
            }
        }
    }

    @Test func `where everybody may pass PostgreSQL has no capability at all`() async throws {
        try await withClusterDirectory { root in
            try #require(chmod(root, 0o711) == 0)
            try await LocalCluster.running(.quick("\(root)/clone/.plinth/postgres")) { cluster in
                let process = try #require(cluster.postmaster?.process)
                #expect(processStatus(process, "CapEff").flatMap { Int($0, radix: 16) } == 0)
            }
        }
    }

    @Test func `data of a user stays that user's`() async throws {
        try await withClusterDirectory { root in
            let user: uid_t = 12_345
            let directory = "\(root)/postgres"
            try LocalCluster.FileSystem.makeDirectories(directory)
            try #require(chown(directory, user, user) == 0)
            let account = try LocalCluster.ServerAccount.find(for: directory)
            #expect(account.user == user)
            #expect(account.group == user)
        }
    }

    @Test func `a copy of the data made by root is given to PostgreSQL's user`() async throws {
        try await withClusterDirectory { root in
            try await LocalCluster.running(.quick("\(root)/postgres")) { _ in }
            let copying = try LocalCluster.ChildProcess.run(
                ["cp", "-R", "\(root)/postgres", "\(root)/copy"], within: .seconds(60))
            #expect(copying.succeeded)
            try #require(LocalCluster.FileSystem.status("\(root)/copy")?.owner == 0)
            #expect(try await failure(of: .quick("\(root)/copy")) == nil)
        }
    }

    @Test func `another user's directory in place of the socket's is refused`() async throws {
        try await withClusterDirectory { root in
            let directory = "\(root)/postgres"
            let account = try LocalCluster.ServerAccount.find(for: directory)
            let path = LocalCluster.SocketDirectory(dataDirectory: directory, user: account.user).path
            try LocalCluster.FileSystem.makeDirectories(path)
            defer { rmdir(path) }
            try #require(chown(path, 12_345, 12_345) == 0)
            #expect(try await failure(of: .quick(directory)) == .unsafeSocketDirectory(path))
        }
    }
}
