import Testing

@testable import PostgresClient

@Suite(.timeLimit(.minutes(1)))
struct ShutdownTests {
    @Test(arguments: TestClient.poolSizes)
    func `whoever waits or comes later is told that it is over`(poolSize: Int) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            let kind = await kindOfError {
                try await client.transaction { holder in
                    _ = try await holder.query("select 1")
                    let others = (0..<20).map { number in
                        Task.detached {
                            await kindOfError {
                                if number % 2 == 0 {
                                    try await client.transaction { _ = try await $0.query("select pg_sleep(30)") }
                                } else {
                                    _ = try await client.query("select pg_sleep(30)", access: .read)
                                }
                            }
                        }
                    }
                    for _ in 0..<100 { await Task.yield() }
                    client.shutdown()
                    for other in others { #expect(await other.value == "closed") }
                    #expect(
                        ["closed", "unreachable"].contains(await kindOfError { try await holder.query("select 1") }))
                    let later = Task.detached {
                        [
                            await kindOfError { try await client.query("select 1") },
                            await kindOfError { try await client.query("select 1", access: .read) },
                            await kindOfError { try await client.transaction { _ in } },
                            await kindOfError { try client.notify("x") },
                        ]
                    }
                    #expect(await later.value == ["closed", "closed", "closed", "closed"])
                }
            }
            #expect(kind == "closed")
        }
    }

    @Test func `a write under way has an unknown outcome`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, url async throws in
            let pid: Int32 = try await client.query("select pg_backend_pid()").value()
            let write = Task { await kindOfError { try await client.query("select pg_sleep(30)") } }
            try await TestClient.killer(url) { killer in
                try await eventually {
                    try await killer.query(
                        "select wait_event is not distinct from 'PgSleep' from pg_stat_activity where pid = \(pid)"
                    ).value(Bool.self)
                }
                client.shutdown()
                #expect(await write.value == "outcomeUnknown")
                _ = try await killer.query("select pg_terminate_backend(\(pid), 5000)")
            }
        }
    }

    @Test func `a client dropped with work under way answers it`() async throws {
        try await TestClient.run { _, url in
            for _ in 0..<50 {
                let tasks = (0..<4).map { number in
                    let client = PostgresClient(
                        configuration: PostgresConfiguration(
                            url: url, poolSize: 2, acquireTimeout: .seconds(20), connectTimeout: .seconds(20)),
                        logger: .silent)
                    return Task {
                        await kindOfError {
                            try await client.query("select 1", access: number % 2 == 0 ? .read : .write)
                        }
                    }
                }
                for task in tasks { #expect(await task.value == "none") }
            }
        }
    }

    @Test func `a pool dropped by its client closes its connections`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, url async throws in
            do {
                let dropped = PostgresClient(
                    configuration: PostgresConfiguration(
                        url: url + " application_name=dropped", poolSize: 4, acquireTimeout: .seconds(20),
                        connectTimeout: .seconds(20)),
                    logger: .silent)
                for _ in 0..<4 { _ = try await dropped.query("select 1") }
                try dropped.notify("x")
            }
            try await eventually {
                try await client.query("select count(*) from pg_stat_activity where application_name = 'dropped'")
                    .value(Int.self) == 0
            }
        }
    }
}
