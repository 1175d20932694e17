import Testing

@testable import PostgresClient

@Suite(.timeLimit(.minutes(2)))
struct TLSTests {
    private func kind(_ url: String, tls: String? = nil) async -> String {
        let client = PostgresClient(
            configuration: PostgresConfiguration(
                url: url, poolSize: 1, acquireTimeout: .seconds(20), connectTimeout: .seconds(20), defaultTLSMode: tls),
            logger: .silent)
        defer { client.shutdown() }
        return await kindOfError {
            let isEncrypted = try await client.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
            #expect(try isEncrypted.value(Bool.self))
        }
    }

    @Test func `only the right certificate with the right name passes full verification`() async throws {
        try await TLSServer.run { server in
            let right = "sslmode=verify-full sslrootcert=\(server.certificate)"
            let wrong = "sslmode=verify-full sslrootcert=\(server.otherCertificate)"
            #expect(await kind(server.url(right)) == "none")
            #expect(await kind(server.url(wrong)) == "unreachable")
            #expect(await kind(server.url(host: "elsewhere", right)) == "unreachable")
        }
    }

    @Test func `the default mode counts only where the connection string has none`() async throws {
        try await TLSServer.run { server in
            #expect(await kind(server.url("sslrootcert=\(server.certificate)"), tls: "verify-full") == "none")
            #expect(
                await kind(server.url("sslrootcert=\(server.otherCertificate)"), tls: "verify-full") == "unreachable")
            #expect(await kind(server.url("sslmode=require sslrootcert=''"), tls: "verify-full") == "none")
            #expect(await kind(server.url("sslmode=disable"), tls: "verify-full") == "unreachable")
        }
    }

    @Test func `large answers, sessions and notifications come over TLS too`() async throws {
        try await TLSServer.run { server in
            let url = server.url("sslmode=verify-full sslrootcert=\(server.certificate)")
            let client = PostgresClient(
                configuration: PostgresConfiguration(
                    url: url, poolSize: 2, acquireTimeout: .seconds(20), connectTimeout: .seconds(20)),
                logger: .silent)
            defer { client.shutdown() }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<40 {
                    let length = number % 2 == 0 ? 4 << 20 : 8190 + number
                    group.addTask {
                        let text: String = try await client.query("select repeat('x', \(Int32(length)))", access: .read)
                            .value()
                        return text.utf8.count - length
                    }
                }
                for try await difference in group { #expect(difference == 0) }
            }
            var jobs = try client.notifications(on: "jobs").makeAsyncIterator()
            #expect(await jobs.next() == .listening)
            try client.notify("jobs", payload: "x")
            #expect(await jobs.next() == .received(payload: "x"))
            let sum = try await client.leased { try await $0.query("select 1 + 1").value(Int32.self) }
            #expect(sum == 2)
        }
    }
}
