import Hummingbird
import NIOCore
import Testing

@testable import HTTPServer

struct DisconnectTests {
    @Test(arguments: [
        "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /wait HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab",
    ])
    func `a client that goes away cancels its handler`(request: String) async throws {
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let wait: @Sendable (Request, GuardedContext) async throws -> String = { _, _ in
            begin.finish()
            await untilCancelled()
            end.finish()
            return "late"
        }
        try await GuardedServer.run(limits: .patient) { router in
            router.get("wait", use: wait)
            router.post("wait", use: wait)
        } _: { server in
            let connection = try server.connect()
            try await connection.send(request)
            for await _ in began {}
            connection.close()
            for await _ in ended {}
        }
    }

    @Test func `a client that goes away ends its stream`() async throws {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        try await GuardedServer.run(limits: .patient) { router in
            router.get("events") { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "text/event-stream"],
                    body: ResponseBody { writer in
                        defer { end.finish() }
                        try await writer.write(ByteBuffer(string: "data: hello\n\n"))
                        await untilCancelled()
                        try await writer.finish(nil)
                    })
            }
        } _: { server in
            let connection = try server.connect()
            try await connection.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = await connection.receive { $0.contains("hello") }
            connection.close()
            for await _ in ended {}
        }
    }
}
