import Testing

@testable import PostgresClient

/// Statements at the edges of what a batch can carry.
@Suite(.timeLimit(.minutes(1)))
struct StatementTests {
    @Test(arguments: TestClient.poolSizes)
    func `COPY ends in a typed error, hangs nobody and is no lasting harm`(poolSize: Int) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            _ = try await client.query("create table t (n int)")
            for access in [PostgresAccess.read, .write] {
                #expect(await kindOfError { try await client.query("copy t to stdout", access: access) } == "0A000")
                #expect(await kindOfError { try await client.query("copy t from stdin", access: access) } == "0A000")
            }
            #expect(await kindOfError { try await client.leased { try await $0.query("copy t to stdout") } } == "0A000")
            #expect(
                await kindOfError { try await client.leased { try await $0.script("copy t from stdin") } } == "0A000")
            try await expectEqual(await client.query("select 1").value(Int.self), 1)
            try await expectEqual(await client.query("select 2", access: .read).value(Int.self), 2)
        }
    }

    @Test(arguments: TestClient.poolSizes)
    func `what a COPY may have committed is told`(poolSize: Int) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            _ = try await client.query("create table t (n int)")
            let batch: [SQL] = ["insert into t values (1)", "copy t to stdout"]
            #expect(await kindOfError { try await client.batch(batch) } == "outcomeUnknown")
            let refusals: [SQL] = ["insert into t values (1)", "copy t from stdin"]
            #expect(await kindOfError { try await client.batch(refusals) } == "0A000")
            _ = try await client.query("truncate t")
            let kind = await kindOfError { try await client.transaction { _ = try await $0.batch(batch) } }
            #expect(kind == "0A000")
            try await expectEqual(await client.query("select count(*) from t").value(Int.self), 0)
        }
    }

    @Test(arguments: TestClient.poolSizes)
    func `a read beside a COPY gets its answer`(poolSize: Int) async throws {
        try await TestClient.run({
            $0.poolSize = poolSize
            $0.sharedConnections = 1
        }) { client, _ async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        if number % 20 == 7 {
                            let kind = await kindOfError {
                                try await client.query("copy (select 1) to stdout", access: .read)
                            }
                            // Sent again once when the neighbour's COPY took its connection, it may be taken twice.
                            #expect(["0A000", "unreachable"].contains(kind))
                        } else {
                            let kind = await kindOfError {
                                try await expectEqual(
                                    await client.query("select \(number)", access: .read).value(Int.self), number)
                            }
                            #expect(["none", "unreachable"].contains(kind))
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await expectEqual(await client.query("select 1", access: .read).value(Int.self), 1)
        }
    }

    @Test(arguments: TestClient.poolSizes)
    func `a constraint that fails at the implicit commit fails the batch`(poolSize: Int) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            _ = try await client.query("create table t (n int unique deferrable initially deferred)")
            let twice: [SQL] = ["insert into t values (1)", "insert into t values (1)"]
            for _ in 0..<3 {
                #expect(await kindOfError { try await client.batch(twice) } == "23505")
                #expect(await kindOfError { try await client.query("select count(*) from t", access: .read) } == "none")
            }
            let kind = await kindOfError { try await client.transaction { _ = try await $0.batch(twice) } }
            #expect(kind == "23505")
            try await expectEqual(await client.query("select count(*) from t").value(Int.self), 0)
        }
    }

    @Test func `what the protocol can't carry is refused before it is sent`() async throws {
        try await TestClient.run { client, _ async throws in
            let many = (1...65_536).reduce(into: SQL.Interpolation(literalCapacity: 0, interpolationCount: 65_536)) {
                if $1 > 1 { $0.appendLiteral(",") }
                $0.appendInterpolation(Int64($1))
            }
            let tooMany: SQL = "select array[\(sql: SQL(stringInterpolation: many))]"
            #expect(await kindOfError { try await client.query(tooMany) } == "invalidParameter")
            #expect(await kindOfError { try await client.query("select 1 -- \u{0}") } == "invalidParameter")
            #expect(await kindOfError { try await client.leased { try await $0.query(tooMany) } } == "invalidParameter")
            #expect(
                await kindOfError { try await client.leased { try await $0.script("\u{0}") } } == "invalidParameter")
            let kind = await kindOfError { try await client.transaction(prelude: ["\u{0}"]) { _ in } }
            #expect(kind == "invalidParameter")
        }
    }

    @Test func `as many binds as the protocol counts are possible`() async throws {
        try await TestClient.run { client, _ async throws in
            var text = SQL.Interpolation(literalCapacity: 0, interpolationCount: 65_535)
            text.appendLiteral("select * from (values ")
            for number in 1...65_535 {
                text.appendLiteral(number == 1 ? "(" : "),(")
                text.appendInterpolation(Int64(number))
            }
            text.appendLiteral(")) as t")
            #expect(try await client.query(SQL(stringInterpolation: text), access: .read).count == 65_535)
        }
    }

    @Test(arguments: TestClient.poolSizes)
    func `empty statements and batches are answered`(poolSize: Int) async throws {
        try await TestClient.run({ $0.poolSize = poolSize }) { client, _ async throws in
            #expect(try await client.batch([]).isEmpty)
            let rows = try await client.batch(["", " -- nothing", "select 1"], access: .read)
            #expect(rows.map(\.count) == [0, 0, 1])
            try await client.transaction { try await expectEqual(await $0.batch([]).count, 0) }
        }
    }

    @Test func `a hundred thousand rows arrive`() async throws {
        try await TestClient.run { client, _ async throws in
            let rows = try await client.query("select generate_series(1, 100000), repeat('x', 20)", access: .read)
            #expect(rows.count == 100_000)
            var columns = try #require(rows.last).columns
            #expect(try columns.next(Int32.self) == 100_000)
        }
    }

    @Test func `nobody minds a LISTEN on a connection of the pool`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            _ = try await client.query("listen noise")
            for _ in 0..<100 { _ = try await client.query("select pg_notify('noise', repeat('x', 7000))") }
            try await expectEqual(await client.query("select 1").value(Int.self), 1)
        }
    }

    @Test func `a failing statement that is not supported is not prepared again and again`() async throws {
        try await TestClient.run({ $0.poolSize = 1 }) { client, _ async throws in
            _ = try await client.query(
                """
                create function refuse() returns int language plpgsql as
                $$ begin raise sqlstate '0A000'; end $$
                """)
            for _ in 0..<20 { #expect(await kindOfError { try await client.query("select refuse()") } == "0A000") }
            let kept: Int = try await client.query(
                "select count(*) from pg_prepared_statements where statement like '%refuse()'"
            ).value()
            #expect(kept <= 2)
        }
    }
}
