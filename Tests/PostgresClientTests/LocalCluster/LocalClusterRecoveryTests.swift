import Foundation
import Testing

@testable import PostgresClient

@Suite(.serialized)
struct LocalClusterRecoveryTests {
    @Test func `a cluster whose owner crashed is adopted as it runs`() async throws {
        try await withClusterDirectory { root in
            let configuration = LocalCluster.Configuration.quick("\(root)/postgres")
            let before = try await LocalCluster.start(configuration, logger: .quiet)
            let process = try #require(before.postmaster?.process)
            before.crash()
            try await LocalCluster.running(configuration) { after async throws in
                #expect(after.adopted)
                #expect(after.postmaster?.process == process)
                #expect(after.connectionString == before.connectionString)
                #expect(try await after.query("select 1") == ["1"])
            }
            #expect(before.postmaster == nil)
        }
    }

    @Test func `a cluster whose directory was moved is adopted where it listens`() async throws {
        try await withClusterDirectory { root in
            let before = try await LocalCluster.start(.quick("\(root)/before"), logger: .quiet)
            before.crash()
            try #require(rename("\(root)/before", "\(root)/after") == 0)
            try await LocalCluster.running(.quick("\(root)/after")) { after in
                #expect(after.adopted)
                #expect(after.connectionString == before.connectionString)
            }
        }
    }

    @Test func `what was committed survives kill -9 of PostgreSQL and of its owner`() async throws {
        try await withClusterDirectory { root in
            let configuration = LocalCluster.Configuration(directory: "\(root)/postgres")
            let before = try await LocalCluster.start(configuration, logger: .quiet)
            _ = try await before.query("create table kept as select 42 as answer")
            let process = try #require(before.postmaster?.process)
            kill(process, SIGKILL)
            before.crash()
            try await LocalCluster.running(configuration) { after async throws in
                #expect(!after.adopted)
                #expect(after.postmaster?.process != process)
                #expect(try await after.query("select answer from kept") == ["42"])
            }
        }
    }

    @Test func `an initialization that was killed half way is started over`() async throws {
        try await withClusterDirectory { root in
            let leftover = "\(root)/postgres.initializing-abcdef"
            try LocalCluster.FileSystem.makeDirectories("\(leftover)/base")
            try LocalCluster.FileSystem.overwrite("\(leftover)/PG_VERSION", with: "15\n")
            try await LocalCluster.running(.quick("\(root)/postgres")) { cluster async throws in
                #expect(try await cluster.query("select 1") == ["1"])
            }
            #expect(LocalCluster.FileSystem.status(leftover) == nil)
        }
    }

    @Test func `an empty directory made beforehand is used`() async throws {
        try await withClusterDirectory { root in
            try LocalCluster.FileSystem.makeDirectories("\(root)/postgres")
            #expect(try await failure(of: .quick("\(root)/postgres")) == nil)
        }
    }

    @Test func `a socket that was cleaned away comes back`() async throws {
        try await withClusterDirectory { root in
            let configuration = LocalCluster.Configuration.quick("\(root)/postgres")
            let before = try await LocalCluster.start(configuration, logger: .quiet)
            LocalCluster.FileSystem.remove(before.address.socket.path)
            before.crash()
            try await LocalCluster.running(configuration) { after async throws in
                #expect(!after.adopted)
                #expect(try await after.query("select 1") == ["1"])
            }
        }
    }

    @Test(arguments: ["", ".lock"])
    func `a process that came to bear the number of a crashed PostgreSQL is no obstacle`(_ suffix: String) async throws
    {
        try await withClusterDirectory { root in
            let configuration = LocalCluster.Configuration.quick("\(root)/postgres")
            let before = try await LocalCluster.start(configuration, logger: .quiet)
            let account = try LocalCluster.ServerAccount.find(for: before.directory)
            let stranger = try LocalCluster.ChildProcess.spawn(account.prefix + ["sleep", "600"])
            defer {
                kill(stranger, SIGKILL)
                _ = LocalCluster.ChildProcess.reap(stranger, blocking: true)
            }
            let process = try #require(before.postmaster?.process)
            let path =
                suffix.isEmpty
                ? "\(before.directory)/postmaster.pid" : "\(before.address.socket.path)/.s.PGSQL.5432\(suffix)"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            kill(process, SIGKILL)
            before.crash()
            try LocalCluster.FileSystem.overwrite(
                path, with: text.replacingOccurrences(of: "\(process)\n", with: "\(stranger)\n"))
            try await LocalCluster.running(configuration) { after in
                #expect(!after.adopted)
                #expect(after.postmaster?.process != stranger)
            }
        }
    }
}
