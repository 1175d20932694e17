import Testing

@testable import PostgresClient

/// Two databases stand in for a primary and its replica.
@Suite(.timeLimit(.minutes(1)))
struct ReplicaTests {
    private func withReplica(
        _ body: (_ client: PostgresClient, _ primary: PostgresClient, _ replica: PostgresClient) async throws -> Void
    ) async throws {
        try await TestClient.run { replica, replicaURL in
            try await TestClient.run { primary, url in
                for (client, name) in [(primary, "primary"), (replica, "replica")] {
                    _ = try await client.query(
                        "create function who() returns text language sql as \(unescaped: "$$ select '\(name)' $$")")
                }
                let client = PostgresClient(
                    configuration: PostgresConfiguration(
                        url: url, replicaURL: replicaURL, acquireTimeout: .seconds(20), connectTimeout: .seconds(20)),
                    logger: .silent)
                defer { client.shutdown() }
                try await body(client, primary, replica)
            }
        }
    }

    private func who(_ client: PostgresClient, _ access: PostgresAccess) async throws -> String {
        try await client.query("select who()", access: access).value()
    }

    @Test func `only reads that tolerate lag go to the replica`() async throws {
        try await withReplica { client, _, _ in
            try await expectEqual(await who(client, .staleRead), "replica")
            try await expectEqual(await who(client, .read), "primary")
            try await expectEqual(await who(client, .write), "primary")
        }
    }

    @Test func `without a replica the primary answers`() async throws {
        try await TestClient.run { client, _ async throws in
            try await expectEqual(await client.query("select 1", access: .staleRead).value(Int.self), 1)
        }
    }

    @Test func `the primary answers for a replica that is not there, without waiting`() async throws {
        try await TestClient.run({
            $0.replicaURL = "host=/nonexistent user=x dbname=x"
            $0.acquireTimeout = .seconds(50)
        }) { client, _ async throws in
            for _ in 0..<20 {
                try await expectEqual(await client.query("select 1", access: .staleRead).value(Int.self), 1)
            }
        }
    }

    @Test func `the primary answers what the replica cancelled for a conflict, and no other failure`() async throws {
        try await withReplica { client, _, replica in
            for (state, wanted) in [("40001", "primary"), ("22012", "")] {
                let body = "$$ begin raise sqlstate '\(state)'; end $$"
                _ = try await replica.query(
                    "create or replace function who() returns text language plpgsql as \(unescaped: body)")
                if wanted.isEmpty {
                    #expect(await kindOfError { try await who(client, .staleRead) } == state)
                } else {
                    try await expectEqual(await who(client, .staleRead), wanted)
                }
            }
        }
    }
}
