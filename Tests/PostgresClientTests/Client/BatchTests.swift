import PostgresClient
import Testing

struct BatchTests {
    @Test(arguments: TestClient.poolSizes)
    func `a batch is one transaction`(poolSize: Int) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            _ = try await client.query("create table t (n int primary key)")
            let kind = await kindOfError {
                try await client.batch(["insert into t values (1)", "insert into t values (1)"])
            }
            #expect(kind == "23505")
            try await expectEqual(await client.query("select count(*) from t", access: .read).value(Int.self), 0)
        }
    }

    @Test func `a setting of a batch is gone after it`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            let rows = try await client.batch([
                "select set_config('plinth.team_id', 'x', true)", "select current_setting('plinth.team_id', true)",
            ])
            #expect(try rows[1].value(String?.self) == "x")
            let after: String? = try await client.query("select current_setting('plinth.team_id', true)").value()
            #expect(after == "")
        }
    }

    @Test(arguments: [1, 2, 10])
    func `a thousand statements at once each get their own answer`(poolSize: Int) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<1000 {
                    group.addTask {
                        let access: PostgresAccess = number % 3 == 0 ? .write : .read
                        let back: Int = try await client.query("select \(number)", access: access).value()
                        #expect(back == number)
                        return back
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 499_500)
        }
    }

    @Test func `an error in the middle of a pipeline leaves its neighbours alone`() async throws {
        try await TestClient.run({
            $0.poolSize = 2
            $0.sharedConnections = 1
        }) { client, _ async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        switch number % 3 {
                        case 0:
                            #expect(
                                await kindOfError { try await client.query("select 1 / \(0)", access: .read) }
                                    == "22012")
                        case 1:
                            #expect(
                                await kindOfError { try await client.query("select nonsense", access: .read) }
                                    == "42703")
                        default:
                            try await expectEqual(
                                await client.query("select \(number)", access: .read).value(Int.self), number)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `reads of a round share a sync, and none pays for a neighbour`() async throws {
        try await TestClient.run({
            $0.poolSize = 2
            $0.sharedConnections = 1
        }) { client, _ async throws in
            _ = try await client.query("select 1", access: .read)
            // Those behind a failure are aborted with it and asked again, each once and alone.
            let outcomes = await withTaskGroup(of: (Int, String?).self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let kind = await kindOfError {
                            try await client.query("select 1 / \(number % 7)", access: .read)
                        }
                        return (number, kind)
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            for number in 0..<200 { #expect(outcomes[number] == (number % 7 == 0 ? "22012" : "none")) }
            // What follows in a transaction of its own sees nothing of them.
            let state = try await client.batch(["select count(*) from pg_locks where relation is not null", "select 2"])
            #expect(try state[1].value(Int.self) == 2)
        }
    }

    @Test func `both socket buffers full is no deadlock`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            let big = String(repeating: "x", count: 4 << 20)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        try await client.query("select \(big)", access: .read).value(String.self).utf8.count
                    }
                }
                for try await length in group { #expect(length == 4 << 20) }
            }
        }
    }

    @Test func `a statement whose plan went stale is sent again`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            _ = try await client.query("create table t (n int)")
            _ = try await client.query("insert into t values (7)")
            try await expectEqual(await client.query("select n from t", access: .read).value(Int.self), 7)
            _ = try await client.query("alter table t alter column n type bigint")
            try await expectEqual(await client.query("select n from t", access: .read).value(Int.self), 7)
            _ = try await client.query("deallocate all")
            try await expectEqual(await client.query("select n from t", access: .read).value(Int.self), 7)
        }
    }

    @Test func `more statements than are kept prepared still work`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            for round in 0..<2 {
                for number in 0..<300 {
                    let back: Int = try await client.query("select \(unescaped: String(number)) + \(round)").value()
                    #expect(back == number + round)
                }
            }
            let kept: Int = try await client.query("select count(*) from pg_prepared_statements").value()
            #expect(kept <= 256)
        }
    }

    @Test(arguments: TestClient.poolSizes)
    func `rows tell how many were affected`(poolSize: Int) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            _ = try await client.query("create table t (n int)")
            #expect(try await client.query("insert into t select generate_series(1, 5)").affected == 5)
            #expect(try await client.query("update t set n = 0 where n > 3").affected == 2)
        }
    }
}
