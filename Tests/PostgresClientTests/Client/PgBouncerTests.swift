import Testing

@testable import PostgresClient

@Suite(
    .enabled(
        if: PgBouncer.isThere || Machine.isContinuousIntegration,
        "PgBouncer is not installed; scripts/install-dependencies.sh --tests installs it"),
    .timeLimit(.minutes(2)))
struct PgBouncerTests {
    private static let setting = "plinth.setting"

    private func withClient(
        _ body: (_ client: PostgresClient, _ pooler: PgBouncer, _ direct: String) async throws -> Void
    ) async throws {
        try await PgBouncer.run { pooler, url, direct in
            let configuration = PostgresConfiguration(
                url: url, directURL: direct, poolSize: 3, sharedConnections: 1, acquireTimeout: .seconds(20),
                connectTimeout: .seconds(20),
                isBehindTransactionPooler: true, sessionSettings: [(Self.setting, "on")])
            let client = PostgresClient(configuration: configuration, logger: .silent)
            defer { client.shutdown() }
            try await body(client, pooler, direct)
        }
    }

    @Test func `it really stands between`() async throws {
        try await withClient { client, _, _ in
            let pids = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<60 {
                    group.addTask { try await client.query("select pg_backend_pid(), pg_sleep(0.005)").first.pid() }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect((1...2).contains(pids.count))
        }
    }

    @Test func `reads, writes, batches and transactions work under the settings`() async throws {
        try await withClient { client, _, _ in
            _ = try await client.query("create table t (n int primary key, setting text)")
            let insert: SQL = "insert into t values (1, current_setting('plinth.setting'))"
            #expect(await kindOfError { try await client.batch([insert, insert]) } == "23505")
            _ = try await client.query(insert)
            try await client.transaction { transaction in
                _ = try await transaction.query("insert into t values (2, current_setting('plinth.setting'))")
                _ = try await transaction.query("insert into t values (3, current_setting('plinth.setting'))")
            }
            let kind = await kindOfError {
                try await client.transaction { transaction in
                    _ = try await transaction.query("insert into t values (4, '')")
                    _ = try await transaction.query("select 1 / 0")
                }
            }
            #expect(kind == "22012")
            let rows = try await client.query("select setting from t order by n", access: .read)
            let settings = try rows.map { row in
                var columns = row.columns
                return try columns.next(String.self)
            }
            #expect(settings == ["on", "on", "on"])
        }
    }

    @Test func `settings don't stay behind on a server connection`() async throws {
        try await withClient { client, pooler, direct in
            for _ in 0..<10 { _ = try await client.query("select 1") }
            let url = direct.replacing(#/host=\S+ port=\d+/#, with: "host=127.0.0.1 port=\(pooler.port)")
            let plain = PostgresClient(
                configuration: PostgresConfiguration(
                    url: url, acquireTimeout: .seconds(20), connectTimeout: .seconds(20),
                    isBehindTransactionPooler: true), logger: .silent)
            defer { plain.shutdown() }
            for _ in 0..<10 {
                let found: String? = try await plain.query("select current_setting('plinth.setting', true)").value()
                #expect((found ?? "").isEmpty)
            }
        }
    }

    @Test func `five hundred statements at once never meet a prepared statement of another session`() async throws {
        try await withClient { client, _, _ in
            _ = try await client.query("create table t (n int)")
            let kinds = await withTaskGroup(of: String.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        await kindOfError {
                            switch number % 4 {
                            case 0:
                                try await client.transaction { transaction in
                                    _ = try await transaction.query("insert into t values (\(Int32(number)))")
                                    try await expectEqual(
                                        await transaction.query("select \(number)").value(Int.self), number)
                                }
                            case 1:
                                _ = try await client.batch(["select \(number)", "insert into t values (0)"])
                            default:
                                let text: SQL = "select \(number), current_setting('plinth.setting')"
                                var columns = try #require(await client.query(text, access: .read).first).columns
                                let back: Int = try columns.next()
                                let setting: String = try columns.next()
                                #expect(back == number && setting == "on")
                            }
                        }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(kinds == ["none": 500])
            try await expectEqual(await client.query("select count(*) from t").value(Int.self), 250)
        }
    }

    @Test func `listening, notifying and sessions go past it`() async throws {
        try await withClient { client, _, _ in
            var jobs = try client.notifications(on: "jobs").makeAsyncIterator()
            #expect(await jobs.next() == .listening)
            try client.notify("jobs", payload: "x")
            #expect(await jobs.next() == .received(payload: "x"))
            let setting = try await client.leased { session in
                try await session.query("select current_setting('plinth.setting')").value(String.self)
            }
            #expect(setting == "on")
        }
    }

    @Test func `it may be stopped and started again`() async throws {
        try await withClient { client, pooler, _ in
            try await expectEqual(await client.query("select 1").value(Int.self), 1)
            pooler.stop()
            let kind = await kindOfError { try await client.query("select 1") }
            #expect(["unreachable", "outcomeUnknown"].contains(kind))
            try pooler.start()
            try await eventually { (try? await client.query("select 1").value(Int.self)) == 1 }
        }
    }
}

extension PostgresRow? {
    fileprivate func pid() throws -> Int32 {
        var columns = try #require(self).columns
        return try columns.next()
    }
}
