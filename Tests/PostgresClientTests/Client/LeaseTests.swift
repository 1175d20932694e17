import Testing

@testable import PostgresClient

/// Transactions whose body, task or connection does something unusual.
@Suite(.timeLimit(.minutes(1)))
struct LeaseTests {
    private struct Refusal: Error {}

    @Test(arguments: TestClient.poolSizes)
    func `a statement refused before it was sent leaves no later one outside the transaction`(
        poolSize: Int
    ) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            _ = try await client.query("create table t (n int)")
            await #expect(throws: Refusal.self) {
                try await client.transaction { transaction in
                    #expect(await kindOfError { try await transaction.query("\u{0}") } == "invalidParameter")
                    _ = try await transaction.query("insert into t values (1)")
                    throw Refusal()
                }
            }
            try await expectEqual(await client.query("select count(*) from t").value(Int.self), 0)
        }
    }

    @Test(arguments: TestClient.poolSizes)
    func `statements of several tasks all run inside the transaction`(poolSize: Int) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            _ = try await client.query("create table t (n int)")
            for _ in 0..<20 {
                await #expect(throws: Refusal.self) {
                    try await client.transaction { transaction in
                        try await withThrowingTaskGroup(of: Void.self) { group in
                            for number in 0..<8 {
                                group.addTask { _ = try await transaction.query("insert into t values (\(number))") }
                            }
                            try await group.waitForAll()
                        }
                        throw Refusal()
                    }
                }
            }
            try await expectEqual(await client.query("select count(*) from t").value(Int.self), 0)
        }
    }

    @Test func `a body that asks nothing costs no connection`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            let before: Int32 = try await client.query("select pg_backend_pid()").value()
            for number in 0..<100 { #expect(try await client.transaction { _ in number } == number) }
            await #expect(throws: Refusal.self) { try await client.transaction { _ in throw Refusal() } }
            try await expectEqual(await client.query("select pg_backend_pid()").value(Int32.self), before)
        }
    }

    @Test func `cancellation at any moment leaks no connection`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            _ = try await client.query("create table t (n int)")
            for round in 0..<1000 {
                let task = Task {
                    try await client.transaction { transaction in
                        _ = try await transaction.query("insert into t values (1)")
                        throw Refusal()
                    }
                }
                for _ in 0..<(round % 8) { await Task.yield() }
                task.cancel()
                await #expect(throws: (any Error).self) { try await task.value }
            }
            try await expectEqual(await client.query("select count(*) from t").value(Int.self), 0)
        }
    }

    @Test func `a task cancelled before its first statement keeps the connection`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            let before: Int32 = try await client.query("select pg_backend_pid()").value()
            for _ in 0..<20 {
                let kind = await Task {
                    await kindOfError {
                        try await client.transaction { transaction in
                            withUnsafeCurrentTask { $0?.cancel() }
                            _ = try await transaction.query("select 1")
                        }
                    }
                }.value
                #expect(kind == "cancelled")
            }
            try await expectEqual(await client.query("select pg_backend_pid()").value(Int32.self), before)
        }
    }

    @Test(arguments: TestClient.poolSizes)
    func `a storm of cancelled reads leaves the pool as it was`(poolSize: Int) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            let tasks = (0..<1000).map { number in
                Task { await kindOfError { try await client.query("select \(number)", access: .read) } }
            }
            for task in tasks { task.cancel() }
            for task in tasks { #expect(["cancelled", "none"].contains(await task.value)) }
            try await expectEqual(await client.query("select 1", access: .read).value(Int.self), 1)
            try await expectEqual(await client.query("select 1").value(Int.self), 1)
        }
    }

    @Test func `a connection lost between two statements means that nothing took effect`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, url async throws in
            _ = try await client.query("create table t (n int)")
            let kind = await kindOfError {
                try await client.transaction { transaction in
                    _ = try await transaction.query("insert into t values (1)")
                    let pid: Int32 = try await transaction.query("select pg_backend_pid()").value()
                    try await TestClient.killer(url) { try await terminate(pid, through: $0) }
                    _ = try await transaction.query("insert into t values (2)")
                }
            }
            #expect(kind == "unreachable")
            try await expectEqual(await client.query("select count(*) from t").value(Int.self), 0)
        }
    }

    @Test func `a connection lost before the commit was sent means that nothing took effect`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, url async throws in
            let kind = await kindOfError {
                try await client.transaction { transaction in
                    let pid: Int32 = try await transaction.query("select pg_backend_pid()").value()
                    try await TestClient.killer(url) { try await terminate(pid, through: $0) }
                    // Until the loss is known here too: a commit sent into it would have an unknown outcome.
                    try await eventually { await kindOfError { try await transaction.query("") } == "unreachable" }
                }
            }
            #expect(kind == "unreachable")
        }
    }

    @Test func `a connection lost at the commit leaves the outcome unknown`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, url async throws in
            _ = try await client.query("create table t (n int)")
            _ = try await client.query(
                """
                create function dawdle() returns trigger language plpgsql as
                $$ begin perform pg_sleep(30); return new; end $$
                """)
            _ = try await client.query(
                """
                create constraint trigger late after insert on t deferrable initially deferred
                for each row execute function dawdle()
                """)
            let pid: Int32 = try await client.query("select pg_backend_pid()").value()
            let victim = Task {
                await kindOfError {
                    try await client.transaction { _ = try await $0.query("insert into t values (1)") }
                }
            }
            try await TestClient.killer(url) {
                try await terminate(pid, when: "state = 'active' and wait_event = 'PgSleep'", through: $0)
            }
            #expect(await victim.value == "outcomeUnknown")
        }
    }

    @Test func `a transaction whose names are gone fails once and not for ever`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            func run() async -> String {
                await kindOfError { try await client.transaction { _ = try await $0.query("select 1") } }
            }
            #expect(await run() == "none")
            _ = try await client.query("deallocate all")
            #expect(await run() == "26000")
            #expect(await run() == "none")
        }
    }

    @Test func `a transaction whose plan went stale fails once and not for ever`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            _ = try await client.query("create table t (n int)")
            func run() async -> String {
                await kindOfError { try await client.transaction { _ = try await $0.query("select n from t") } }
            }
            #expect(await run() == "none")
            _ = try await client.query("alter table t alter column n type bigint")
            #expect(await run() == "0A000")
            #expect(await run() == "none")
        }
    }

    @Test func `reads don't keep a write from the only connection`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        while !Task.isCancelled {
                            let kind = await kindOfError { try await client.query("select 1", access: .read) }
                            #expect(["none", "cancelled"].contains(kind))
                        }
                    }
                }
                for number in 0..<50 {
                    try await expectEqual(await client.query("select \(number)").value(Int.self), number)
                    let back = try await client.transaction { try await $0.query("select \(number)").value(Int.self) }
                    #expect(back == number)
                }
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }
}
