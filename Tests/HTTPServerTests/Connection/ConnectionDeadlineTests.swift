import Hummingbird
import NIOCore
import Testing

@testable import HTTPServer

/// Deadlines on real sockets.
struct ConnectionDeadlineTests {
    @Test func `a client that says nothing is closed without a word`() async throws {
        try await GuardedServer.run(limits: .quick) { server in
            let connection = try server.connect()
            #expect(await connection.receiveToEnd() == "")
            #expect(server.registry.counts.timedOut == 1)
        }
    }

    @Test(arguments: [false, true])
    func `a head that never ends is given up`(afterAnother: Bool) async throws {
        try await GuardedServer.run(limits: .quick) { server in
            let connection = try server.connect()
            if afterAnother {
                try await connection.send("GET /ok HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = await connection.receive { $0.hasSuffix(GuardedServer.end) }
            }
            // A field every now and then does not prolong it.
            try await connection.send("GET /ok HTTP/1.1\r\nHost: a\r\n")
            try await connection.drip { "X-\($0): a\r\n" }
            let answer = await connection.receive { $0.contains("\"errors\":[]}") }
            #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            #expect(answer.contains("\"code\":\"request_timeout\""))
            #expect(server.registry.counts.timedOut == 1)
        }
    }

    @Test func `a body that comes too slowly is given up`() async throws {
        try await GuardedServer.run(limits: .quick) { server in
            let connection = try server.connect()
            try await connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
            try await connection.drip { _ in "a" }
            let answer = await connection.receive { $0.contains("\"errors\":[]}") }
            #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
        }
    }

    @Test func `a handler that takes too long is cancelled and answered for`() async throws {
        let (cancelled, told) = AsyncStream.makeStream(of: Void.self)
        var limits = ConnectionLimits.quick
        limits.requestDeadline = .milliseconds(400)
        try await GuardedServer.run(limits: limits) { router in
            router.get("forever") { _, _ -> String in
                await untilCancelled()
                told.finish()
                return "unwanted"
            }
        } _: { server in
            let answer = try #require(try await server.exchange("GET /forever HTTP/1.1\r\nHost: a\r\n\r\n"))
            #expect(answer.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
            #expect(answer.contains("\"code\":\"deadline_exceeded\""))
            #expect(answer.contains("\r\nRetry-After: 1\r\n"))
            #expect(!answer.contains("unwanted"))
            for await _ in cancelled {}
        }
    }

    @Test func `a stream outlives the request deadline`() async throws {
        let (last, releaseLast) = AsyncStream.makeStream(of: Void.self)
        var limits = ConnectionLimits.quick
        limits.requestDeadline = .seconds(2)
        try await GuardedServer.run(limits: limits) { router in
            router.get("events") { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "text/event-stream"],
                    body: ResponseBody { writer in
                        try await writer.write(ByteBuffer(string: "data: first\n\n"))
                        for await _ in last {}
                        try await writer.write(ByteBuffer(string: "data: last\n\n"))
                        try await writer.finish(nil)
                    })
            }
        } _: { server in
            let connection = try server.connect()
            try await connection.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
            let first = await connection.receive(timeout: limits.requestDeadline * 2) { _ in false }
            #expect(first.contains("data: first\n\n"))
            releaseLast.finish()
            let rest = await connection.receive { $0.hasSuffix("0\r\n\r\n") }
            #expect(rest.contains("data: last\n\n"))
        }
    }

    @Test func `a kept connection without requests is closed`() async throws {
        try await GuardedServer.run(limits: .quick) { server in
            let answer = try #require(try await server.exchange("GET /ok HTTP/1.1\r\nHost: a\r\n\r\n"))
            #expect(answer.hasSuffix(GuardedServer.end))
            #expect(server.registry.counts.timedOut == 0)
        }
    }

    @Test func `a client that does not read its response is closed`() async throws {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        try await GuardedServer.run(limits: .quickStall) { router in
            router.get("endless") { _, _ in
                Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        defer { end.finish() }
                        while true { try await writer.write(ByteBuffer(repeating: 0x61, count: 65_536)) }
                    })
            }
        } _: { server in
            let connection = try server.connect(receiveBuffer: 4096)
            try await connection.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n")
            for await _ in ended {}
            #expect(server.registry.counts.stalled == 1)
            #expect(await connection.receiveCount() > 0)
        }
    }

    @Test func `a client that reads slowly is not`() async throws {
        try await GuardedServer.run(limits: .quickStall) { router in
            router.get("large") { _, _ in Self.large }
        } _: { server in
            let connection = try server.connect()
            try await connection.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
            let count = await connection.receiveCount(enough: Self.largeBytes, timeout: .seconds(20))
            #expect(count >= Self.largeBytes)
            #expect(server.registry.counts.stalled == 0)
        }
    }

    private static let largeBytes = 32 * 1024 * 1024
    private static var large: Response {
        Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(repeating: 0x61, count: largeBytes)))
    }
}

extension ConnectionLimits {
    fileprivate static var quickStall: ConnectionLimits {
        var limits = ConnectionLimits()
        limits.writeStall = .milliseconds(400)
        return limits
    }
}

/// Returns when the task is cancelled, not before.
func untilCancelled() async {
    let (never, _) = AsyncStream.makeStream(of: Void.self)
    for await _ in never {}
}
