import Testing

@testable import HTTPServer

struct FuzzTests {
    private static let readable = 9_000
    private static let broken = 1_500
    private static let workers = 6
    /// Enough that some are still signed in at the end.
    private static let people = 24
    /// Requests sent in one go.
    private static let together = 20
    /// What is larger is not read to its end, so its answer may be lost to the reset that follows.
    private static let discarded = 200_000
    private static let seed: UInt64 = 20_260_101

    @Test func `whatever comes in, every answer is one of ours and none is our failure`() async throws {
        let report = FuzzReport()
        try await LiveAPI.run(configure: { $0.requestsPerMinute = 1_000_000 }) { api async throws in
            let tokens = try await Self.tokens(api)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for worker in 0..<UInt64(Self.workers) {
                    tasks.addTask {
                        var requests = ReadableRequests(seed: Self.seed + worker, tokens: tokens)
                        try await Self.sendReadable(Self.readable / Self.workers, of: &requests, to: api, report)
                    }
                    tasks.addTask {
                        var requests = BrokenRequests(seed: Self.seed - 1 - worker, tokens: tokens)
                        for _ in 0..<Self.broken / Self.workers where !report.isFull {
                            try await Self.sendBroken(requests.next(), to: api, report)
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            for _ in 0..<3 { try await Self.sendBroken(BrokenRequests.flood, to: api, report) }

            let live = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            #expect(try await api.exchange(live).map(\.status) == [200], "the server does not answer any more")
        }
        #expect(report.failures.isEmpty, "\(report.failures.prefix(5).joined(separator: "\n\n"))")
        #expect(report.sent >= 10_000, "\(report.sent) requests")
        // The mix is one: what can be refused was, and something was done.
        for status in [200, 400, 401, 403, 404, 405, 406, 413, 415, 422, 431] {
            #expect(report.statuses[status, default: 0] > 0, "no \(status) among \(report.statuses)")
        }
    }

    /// Access tokens of a few people.
    private static func tokens(_ api: LiveAPI) async throws -> [String] {
        var tokens: [String] = []
        for number in 0..<people {
            let body = TestAPI.registration("user\(number)@example.com")
            let answers = try await api.exchange(
                "POST /api/v1/auth/register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            tokens.append(try #require(answers.first?.json?["access_token"] as? String))
        }
        return tokens
    }

    /// Sends many requests on each connection until all are answered; where an answer is the connection's last, what
    /// was sent behind it counts as not sent.
    private static func sendReadable(
        _ count: Int, of requests: inout ReadableRequests, to api: LiveAPI, _ report: FuzzReport
    ) async throws {
        var (answered, connection) = (0, try api.connect())
        while answered < count, !report.isFull {
            let batch = (0..<together).map { _ in requests.next() }
            // The server may close before it has read everything: then what it said is still there.
            try? await connection.send(batch.flatMap(\.bytes))
            let reader = AnswerReader(batch)
            let (bytes, ending) = try await connection.receiveBytes { reader.read($0) }
            let answers = report.check(reader, bytes, of: batch, ending: ending)
            answered += max(1, answers.count)
            if ending != .enough || answers.last?.closes ?? true {
                connection.close()
                connection = try api.connect()
            }
        }
        connection.close()
    }

    /// Sends bytes on a connection of their own, says that no more come, and reads what the server says to them.
    private static func sendBroken(_ request: [UInt8], to api: LiveAPI, _ report: FuzzReport) async throws {
        let connection = try api.connect()
        defer { connection.close() }
        try? await connection.send(request)
        connection.closeOutput()
        let (bytes, ending) = try await connection.receiveBytes()
        report.check(bytes, ofBroken: request, ending: ending, mayBeCut: request.count > discarded)
    }
}
