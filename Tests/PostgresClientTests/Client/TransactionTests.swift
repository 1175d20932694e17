import PostgresClient
import Synchronization
import Testing

struct TransactionTests {
    private func withTable(
        _ change: (inout PostgresConfiguration) -> Void = { _ in }, _ body: (PostgresClient) async throws -> Void
    ) async throws {
        try await TestClient.run(change) { client, _ async throws in
            _ = try await client.query("create table t (n int primary key)")
            try await body(client)
        }
    }

    private struct Refusal: Error {}

    @Test(arguments: TestClient.poolSizes)
    func `what a body wrote is there when it returned and gone when it threw`(poolSize: Int) async throws {
        try await withTable({ $0.poolSize = poolSize }) { client in
            try await client.transaction { _ = try await $0.query("insert into t values (1)") }
            await #expect(throws: Refusal.self) {
                try await client.transaction { transaction in
                    _ = try await transaction.query("insert into t values (2)")
                    throw Refusal()
                }
            }
            try await expectEqual(await client.query("select sum(n)::int8 from t").value(Int.self), 1)
        }
    }

    @Test(arguments: TestClient.poolSizes)
    func `the prelude comes before the first statement`(poolSize: Int) async throws {
        try await withTable({ $0.poolSize = poolSize }) { client in
            let name: String = try await client.transaction(prelude: ["select set_config('plinth.x', 'y', true)"]) {
                try await $0.query("select current_setting('plinth.x')").value()
            }
            #expect(name == "y")
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [1, 2])
    func `use of the client inside its own transaction is an error and no deadlock`(poolSize: Int) async throws {
        try await withTable({ $0.poolSize = poolSize }) { client in
            let kinds = try await client.transaction { _ in
                [
                    await kindOfError { try await client.query("select 1") },
                    await kindOfError { try await client.transaction { _ in } },
                    await kindOfError { try await client.leased { _ in } },
                ]
            }
            #expect(kinds == ["nestedTransaction", "nestedTransaction", "nestedTransaction"])
        }
    }

    @Test(arguments: TestClient.poolSizes)
    func `a serialization failure is tried again only where the body may run again`(poolSize: Int) async throws {
        try await withTable({ $0.poolSize = poolSize }) { client in
            let runs = Atomic<Int>(0)
            @Sendable func body(_ transaction: PostgresTransaction) async throws {
                runs.add(1, ordering: .relaxed)
                _ = try await transaction.query("do $$ begin raise sqlstate '40001'; end $$")
            }
            #expect(await kindOfError { try await client.transaction(body) } == "40001")
            #expect(runs.load(ordering: .relaxed) == 1)
            #expect(await kindOfError { try await client.transaction(repetition: .allowed, body) } == "40001")
            #expect(runs.load(ordering: .relaxed) == 1 + 1 + 3)
        }
    }

    @Test(arguments: TestClient.poolSizes)
    func `a swallowed error does not pass for a commit`(poolSize: Int) async throws {
        try await withTable({ $0.poolSize = poolSize }) { client in
            let kind = await kindOfError {
                try await client.transaction { transaction in
                    _ = try? await transaction.query("select 1 / 0")
                }
            }
            #expect(kind == "transactionAborted")
        }
    }

    @Test func `concurrent increments under a lock all count`() async throws {
        try await withTable({
            $0.poolSize = 3
            $0.acquireTimeout = .seconds(60)
        }) { client in
            _ = try await client.query("insert into t values (0)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await client.transaction { transaction in
                            let n: Int = try await transaction.query("select n from t for update").value()
                            _ = try await transaction.query("update t set n = \(Int32(n + 1))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await expectEqual(await client.query("select n from t").value(Int.self), 50)
        }
    }

    @Test func `a cancelled body rolls back and gives its connection back`() async throws {
        try await withTable({ $0.poolSize = 1 }) { client in
            for _ in 0..<5 {
                let (started, signal) = AsyncStream.makeStream(of: Void.self)
                let task = Task {
                    try await client.transaction { transaction in
                        _ = try await transaction.query("insert into t values (1)")
                        signal.finish()
                        _ = try await transaction.query("select pg_sleep(30)")
                    }
                }
                for await _ in started {}
                task.cancel()
                await #expect(throws: (any Error).self) { try await task.value }
                try await expectEqual(await client.query("select count(*) from t").value(Int.self), 0)
            }
        }
    }
}
