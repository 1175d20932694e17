import PostgresClient
import Testing

/// What happens when connections break, are busy or are missing.
struct FaultTests {
    @Test(.timeLimit(.minutes(1))) func `a statement that waits for a lock stalls nobody else`() async throws {
        try await TestClient.run({ $0.poolSize = 4 }) { client, _ async throws in
            _ = try await client.query("create table t (n int)")
            _ = try await client.query("insert into t values (1)")
            try await client.transaction { holder in
                _ = try await holder.query("update t set n = 2")
                let waiting = Task.detached { try await client.query("update t set n = 3") }
                for number in 0..<200 {
                    let back = try await Task.detached {
                        try await client.query("select \(number)", access: .read).value(Int.self)
                    }.value
                    #expect(back == number)
                }
                waiting.cancel()
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a pool with nothing free refuses after the time it was told`() async throws {
        try await TestClient.run({
            $0.poolSize = 1
            $0.acquireTimeout = .seconds(3)
        }) { client, _ async throws in
            try await connect(client)
            try await client.transaction { holder in
                _ = try await holder.query("select 1")
                let others = await Task.detached {
                    let start = ContinuousClock.now
                    let kinds = [
                        await kindOfError { try await client.transaction { _ in } },
                        await kindOfError { try await client.query("select 1", access: .read) },
                    ]
                    return (kinds, ContinuousClock.now - start)
                }.value
                #expect(others.0 == ["poolExhausted", "poolExhausted"])
                #expect(others.1 >= .seconds(6))
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a full queue refuses at once`() async throws {
        try await TestClient.run({
            $0.poolSize = 1
            $0.queueLength = 3
            $0.acquireTimeout = .milliseconds(300)
        }) { client, _ async throws in
            try await connect(client)
            try await client.transaction { holder in
                _ = try await holder.query("select 1")
                let kinds = await withTaskGroup(of: String.self) { group in
                    for _ in 0..<20 {
                        group.addTask {
                            await Task.detached { await kindOfError { try await client.query("select 1") } }.value
                        }
                    }
                    return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
                }
                #expect(kinds == ["queueFull": 17, "poolExhausted": 3])
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a backend killed in flight gives an unknown outcome and the pool recovers`()
        async throws
    {
        try await TestClient.run({ $0.poolSize = 1 }) { client, url async throws in
            let pid: Int32 = try await client.query("select pg_backend_pid()").value()
            let victim = Task { await kindOfError { try await client.query("select pg_sleep(30)") } }
            try await TestClient.killer(url) { killer in
                try await eventually {
                    try await killer.query("select state = 'active' from pg_stat_activity where pid = \(pid)").value(
                        Bool.self)
                }
                _ = try await killer.query("select pg_terminate_backend(\(pid))")
            }
            #expect(await victim.value == "outcomeUnknown")
            try await expectEqual(await client.query("select 1").value(Int.self), 1)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a read on a killed backend is asked again elsewhere`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, url async throws in
            let pid: Int32 = try await client.query("select pg_backend_pid()").value()
            // Sleeps on the first backend only.
            let read = Task {
                try await client.query(
                    "select pg_sleep(case when pg_backend_pid() = \(pid) then 60 else 0 end)", access: .read)
            }
            try await TestClient.killer(url) { killer in
                try await eventually {
                    try await killer.query("select state = 'active' from pg_stat_activity where pid = \(pid)").value(
                        Bool.self)
                }
                _ = try await killer.query("select pg_terminate_backend(\(pid))")
            }
            #expect(try await read.value.count == 1)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `statement time-outs end the statement only`() async throws {
        try await TestClient.run({
            $0.sessionSettings = [("statement_timeout", "100ms")]
            $0.poolSize = 1
        }) { client, _ async throws in
            #expect(await kindOfError { try await client.query("select pg_sleep(10)") } == "57014")
            try await expectEqual(await client.query("select 1").value(Int.self), 1)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a cancelled task neither waits nor leaks its connection`() async throws {
        try await TestClient.run({
            $0.poolSize = 1
            $0.sessionSettings = [("statement_timeout", "500ms")]
        }) { client, _ async throws in
            for _ in 0..<20 {
                let task = Task { await kindOfError { try await client.query("select pg_sleep(0.02)", access: .read) } }
                task.cancel()
                #expect(await task.value == "cancelled")
            }
            try await expectEqual(await client.query("select 1").value(Int.self), 1)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a server that is not there is a typed error`() async throws {
        let client = PostgresClient(
            configuration: PostgresConfiguration(
                url: "host=127.0.0.1 port=1 user=x dbname=x", acquireTimeout: .milliseconds(300)),
            logger: .silent)
        defer { client.shutdown() }
        #expect(await kindOfError { try await client.query("select 1") } == "unreachable")
        #expect(await kindOfError { try await client.query("select 1", access: .read) } == "unreachable")
        #expect(await kindOfError { try await client.leased { _ in } } == "unreachable")
    }

    @Test(.timeLimit(.minutes(2))) func `a server stopped and started again is found again`() async throws {
        try await TestClient.withCluster { configuration in
            let first = try await LocalCluster.start(configuration, logger: .silent)
            let client = PostgresClient(
                configuration: PostgresConfiguration(
                    url: first.connectionString, poolSize: 3, acquireTimeout: .seconds(20), connectTimeout: .seconds(20)
                ), logger: .silent)
            defer { client.shutdown() }
            try await expectEqual(await client.query("select 1").value(Int.self), 1)
            await first.stop()
            #expect(
                ["unreachable", "outcomeUnknown"].contains(await kindOfError { try await client.query("select 1") }))
            let second = try await LocalCluster.start(configuration, logger: .silent)
            try await eventually { (try? await client.query("select 1").value(Int.self)) == 1 }
            await second.stop()
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a connection that says nothing for too long is given up`() async throws {
        try await TestClient.run({
            $0.poolSize = 1
            $0.silenceTimeout = .seconds(1)
        }) { client, _ in
            try await connect(client)
            #expect(await kindOfError { try await client.query("select pg_sleep(30)") } == "outcomeUnknown")
            try await connect(client)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a connection that answers one after the other is not silent`() async throws {
        try await TestClient.run({
            $0.poolSize = 1
            $0.silenceTimeout = .seconds(3)
        }) { client, _ in
            let first: Int32 = try await client.query("select pg_backend_pid()").value()
            let pids = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        let sleep: SQL = "select pg_backend_pid() from pg_sleep(0.7)"
                        return try await client.query(sleep, access: .read).value()
                    }
                }
                return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
            }
            #expect(pids == [first])
        }
    }

    @Test(.timeLimit(.minutes(1))) func `of several hosts the writable one is used`() async throws {
        let cluster = try await ThrowawayCluster.shared()
        let url = cluster.cluster.connectionString
        let hosts = url.replacing(#/host=(\S+) port=(\d+)/#) { "host=/nonexistent,\($0.1) port=1,\($0.2)" }
        let client = PostgresClient(
            configuration: PostgresConfiguration(
                url: hosts, poolSize: 1, acquireTimeout: .seconds(20), connectTimeout: .seconds(20)), logger: .silent
        )
        defer { client.shutdown() }
        #expect(hosts != url)
        try await expectEqual(await client.query("select 1").value(Int.self), 1)
    }
}
