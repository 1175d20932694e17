import Hummingbird
import HummingbirdCore
import NIOCore
import Testing

@testable import HTTPServer

struct UnreadBodyTests {
    private static let twoGigabytes = 2_147_483_648
    /// What the system's buffers on both sides take on top of what the server reads.
    private static let socketBuffers = 8 * 1024 * 1024

    @Test func `after an early refusal of 2 GB almost none of them is read`() async throws {
        try await GuardedServer.run { server in
            let connection = try server.connect()
            try await connection.send(
                "POST /refuse HTTP/1.1\r\nHost: a\r\nContent-Length: \(Self.twoGigabytes)\r\n\r\n")
            let answer = await connection.receive { $0.hasSuffix(GuardedServer.end) }
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains("\r\nConnection: close\r\n"))

            let piece = [UInt8](repeating: 0x61, count: 65_536)
            var sent = 0
            while sent < Self.twoGigabytes, (try? await connection.send(piece, timeout: .seconds(3))) != nil {
                sent += piece.count
            }
            #expect(sent < Self.socketBuffers)
        }
    }

    @Test func `a body over the backstop is refused by the connection itself`() async throws {
        var limits = ConnectionLimits.patient
        limits.maxBodyBytes = 1000
        try await GuardedServer.run(limits: limits) { server in
            let connection = try server.connect()
            let body = String(repeating: "a", count: 1001)
            try await connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n\(body)")
            let answer = try #require(await connection.receiveToEnd())
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains("\"code\":\"payload_too_large\""))
        }
    }

    @Test func `a handler may raise the backstop`() async throws {
        var limits = ConnectionLimits.patient
        limits.maxBodyBytes = 1000
        try await GuardedServer.run(limits: limits) { router in
            router.post("upload") { request, context in
                context.channel.wantsRequestBody(limit: 3000)
                let body = try await request.body.collect(upTo: 10_000)
                return "\(body.readableBytes)" + GuardedServer.end
            }
        } _: { server in
            let connection = try server.connect()
            let half = String(repeating: "a", count: 1000)
            try await connection.send(
                "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n")
            _ = await connection.receive { $0.hasSuffix("\r\n\r\n") }
            try await connection.send(half + half)
            let answer = await connection.receive { $0.hasSuffix(GuardedServer.end) }
            #expect(answer.hasSuffix("2000\(GuardedServer.end)"))
        }
    }
}
