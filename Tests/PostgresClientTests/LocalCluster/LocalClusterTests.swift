import Foundation
import Testing

@testable import PostgresClient

@Suite(.serialized)
struct LocalClusterTests {
    @Test func `a new directory becomes a private, durable cluster`() async throws {
        try await withClusterDirectory { root in
            let configuration = LocalCluster.Configuration(directory: "\(root)/data/postgres", databaseName: "my app")
            try await LocalCluster.running(configuration) { cluster async throws in
                #expect(!cluster.adopted)
                #expect(try await cluster.query("select current_database()") == ["my app"])
                #expect(try await cluster.query("select current_user") == ["plinth"])
                #expect(try await cluster.query("show listen_addresses") == [""])
                #expect(try await cluster.query("show server_encoding") == ["UTF8"])
                #expect(try await cluster.query("show data_checksums") == ["on"])
                #expect(try await cluster.query("show fsync") == ["on"])
                #expect(try await cluster.query("select type || auth_method from pg_hba_file_rules") == ["localtrust"])
                let socket = LocalCluster.FileSystem.status(cluster.address.socket.path)
                #expect(socket.map { $0.mode & 0o777 } == 0o700)
                #expect(socket.map(\.isDirectory) == true)
            }
        }
    }

    @Test func `PostgreSQL runs in a session of its own`() async throws {
        try await withClusterDirectory { root in
            try await LocalCluster.running(.quick("\(root)/postgres")) { cluster in
                let process = try #require(cluster.postmaster?.process)
                #expect(getsid(process) == process)
            }
        }
    }

    @Test func `what was written is there after a stop and a start`() async throws {
        try await withClusterDirectory { root in
            let configuration = LocalCluster.Configuration.quick("\(root)/postgres")
            try await LocalCluster.running(configuration) { cluster in
                _ = try await cluster.query("create table kept as select 42 as answer")
            }
            try await LocalCluster.running(configuration) { cluster async throws in
                #expect(!cluster.adopted)
                #expect(try await cluster.query("select answer from kept") == ["42"])
            }
        }
    }

    @Test func `after stop nothing runs and nothing is left in tmp`() async throws {
        try await withClusterDirectory { root in
            let cluster = try await LocalCluster.start(.quick("\(root)/postgres"), logger: .quiet)
            try #require(cluster.postmaster != nil)
            await cluster.stop()
            await cluster.stop()
            #expect(cluster.postmaster == nil)
            #expect(LocalCluster.FileSystem.status(cluster.address.socket.path) == nil)
        }
    }

    @Test func `a cancelled task stops its cluster all the same`() async throws {
        try await withClusterDirectory { root in
            let cluster = try await LocalCluster.start(.quick("\(root)/postgres"), logger: .quiet)
            try #require(cluster.postmaster != nil)
            await withTaskGroup { group in
                group.addTask { await cluster.stop() }
                group.cancelAll()
            }
            #expect(cluster.postmaster == nil)
        }
    }

    @Test func `a cancelled start leaves nothing behind`() async throws {
        try await withClusterDirectory { root async throws in
            let configuration = LocalCluster.Configuration.quick("\(root)/postgres")
            await withTaskGroup { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        try await LocalCluster.start(configuration, logger: .quiet)
                    }
                }
                group.cancelAll()
            }
            #expect(try LocalCluster.FileSystem.entries(root) == ["postgres.lock"])
            #expect(try await failure(of: configuration) == nil)
        }
    }

    @Test func `settings reach PostgreSQL whatever their characters, save those that keep it private`() async throws {
        try await withClusterDirectory { root in
            var configuration = LocalCluster.Configuration.quick("\(root)/it's a directory")
            configuration.settings = ["log_line_prefix": "it's $HOME %p ", "work_mem": "5MB", "listen_addresses": "*"]
            try await LocalCluster.running(configuration) { cluster async throws in
                #expect(try await cluster.query("show log_line_prefix") == ["it's $HOME %p "])
                #expect(try await cluster.query("show work_mem") == ["5MB"])
                #expect(try await cluster.query("show listen_addresses") == [""])
            }
        }
    }
}
