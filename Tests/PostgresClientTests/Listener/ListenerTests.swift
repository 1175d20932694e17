import Testing

@testable import PostgresClient

@Suite(.timeLimit(.minutes(1)))
struct ListenerTests {
    /// The backend of the connection that listens and notifies.
    private func backend(_ client: PostgresClient) async throws -> Int32 {
        try await client.query(
            """
            select pid from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()
            and (query like 'listen %' or query like '%pg_notify%')
            """
        ).value()
    }

    @Test func `what is notified arrives, on its channel only, whatever its name`() async throws {
        try await TestClient.run { client, _ async throws in
            let name = "Jobs \"é\"; drop table t; --"
            var jobs = try client.notifications(on: name).makeAsyncIterator()
            var others = try client.notifications(on: "others").makeAsyncIterator()
            #expect(await jobs.next() == .listening)
            #expect(await others.next() == .listening)
            try client.notify(name, payload: "1")
            #expect(await jobs.next() == .received(payload: "1"))
            try client.notify("others")
            #expect(await others.next() == .received(payload: ""))
        }
    }

    @Test func `many notifications become few statements that bring each payload once`() async throws {
        try await TestClient.run { client, _ async throws in
            var jobs = try client.notifications(on: "jobs").makeAsyncIterator()
            #expect(await jobs.next() == .listening)
            for number in 0..<200 { try client.notify("jobs", payload: "\(number % 20)") }
            try client.notify("jobs", payload: "last")
            var payloads: [String] = []
            while payloads.last != "last", case .received(let payload)? = await jobs.next() { payloads.append(payload) }
            #expect(Set(payloads).count == 21)
            // Twenty within the first interval and at most one repetition of each after it, not two hundred.
            #expect(payloads.count <= 61)
        }
    }

    @Test func `a second subscriber of a channel hears the same`() async throws {
        try await TestClient.run { client, _ async throws in
            var first = try client.notifications(on: "jobs").makeAsyncIterator()
            #expect(await first.next() == .listening)
            var second = try client.notifications(on: "jobs").makeAsyncIterator()
            #expect(await second.next() == .listening)
            try client.notify("jobs", payload: "x")
            #expect(await first.next() == .received(payload: "x"))
            #expect(await second.next() == .received(payload: "x"))
        }
    }

    @Test func `a lost connection is replaced, and subscribers are told that they may have missed something`()
        async throws
    {
        try await TestClient.run { client, url async throws in
            var jobs = try client.notifications(on: "jobs").makeAsyncIterator()
            #expect(await jobs.next() == .listening)
            for round in 0..<3 {
                let pid = try await backend(client)
                try await TestClient.killer(url) { try await terminate(pid, through: $0) }
                #expect(await jobs.next() == .listening)
                try client.notify("jobs", payload: "\(round)")
                #expect(await jobs.next() == .received(payload: "\(round)"))
            }
        }
    }

    @Test func `when the last subscriber stops the channel is no longer listened to`() async throws {
        try await TestClient.run { client, _ async throws in
            let stream = try client.notifications(on: "jobs")
            let (started, signal) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                for await _ in stream { signal.finish() }
            }
            for await _ in started {}
            task.cancel()
            await task.value
            try await eventually {
                try await client.query(
                    """
                    select exists (select from pg_stat_activity
                    where datname = current_database() and query = 'unlisten "jobs"')
                    """
                ).value(Bool.self)
            }
        }
    }

    @Test func `a slow consumer keeps the newest`() async throws {
        try await TestClient.run { client, _ async throws in
            var slow = try client.notifications(on: "jobs").makeAsyncIterator()
            var fast = try client.notifications(on: "jobs").makeAsyncIterator()
            #expect(await slow.next() == .listening)
            #expect(await fast.next() == .listening)
            for number in 0..<300 {
                try client.notify("jobs", payload: "\(number)")
                if number % 100 == 99 {
                    while await fast.next() != .received(payload: "\(number)") {}
                }
            }
            #expect(await slow.next() == .received(payload: "44"))
        }
    }

    @Test func `shutting down ends every stream, and later ones at once`() async throws {
        try await TestClient.run { client, _ async throws in
            var jobs = try client.notifications(on: "jobs").makeAsyncIterator()
            #expect(await jobs.next() == .listening)
            client.shutdown()
            #expect(await jobs.next() == nil)
            var late = try client.notifications(on: "jobs").makeAsyncIterator()
            #expect(await late.next() == nil)
        }
    }

    @Test func `a server that is not there ends no stream`() async throws {
        let client = PostgresClient(
            configuration: PostgresConfiguration(url: "host=/nonexistent user=x dbname=x"), logger: .silent)
        let jobs = try client.notifications(on: "jobs")
        try client.notify("jobs")
        client.shutdown()
        for await _ in jobs { Issue.record("nothing was listened to") }
    }

    @Test func `behind a transaction pooler alone nobody can listen`() async throws {
        try await TestClient.run({ $0.isBehindTransactionPooler = true }) { client, _ async throws in
            for await _ in try client.notifications(on: "jobs") { Issue.record("nothing was listened to") }
        }
    }

    @Test func `names and payloads that PostgreSQL refuses are refused here`() async throws {
        try await TestClient.run { client, _ async throws in
            let long = String(repeating: "x", count: 64)
            #expect(await kindOfError { try client.notifications(on: long) } == "invalidParameter")
            #expect(await kindOfError { try client.notify("") } == "invalidParameter")
            let payload = String(repeating: "x", count: 8000)
            #expect(await kindOfError { try client.notify("a", payload: payload) } == "invalidParameter")
        }
    }
}
