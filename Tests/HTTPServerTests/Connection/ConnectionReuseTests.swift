import Hummingbird
import NIOCore
import Testing

@testable import HTTPServer

struct ConnectionReuseTests {
    private static let get = "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `a connection carries one request after the other`() async throws {
        try await GuardedServer.run { server in
            let connection = try server.connect()
            for _ in 0..<3 {
                try await connection.send(Self.get)
                let answer = await connection.receive { $0.hasSuffix(GuardedServer.end) }
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(!answer.contains("Connection: close"))
            }
            #expect(server.registry.counts.accepted == 1)
        }
    }

    @Test func `requests sent at once are answered in order`() async throws {
        try await GuardedServer.run(limits: .patient) { server in
            let connection = try server.connect()
            let requests = (0..<200).map { number in
                let body = "<\(number)>"
                return "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            }
            try await connection.send(requests.joined())
            let answers = await connection.receive { $0.components(of: GuardedServer.end) == 200 }
            let numbers = answers.matches(of: /<(\d+)>/).compactMap { Int($0.1) }
            #expect(numbers == Array(0..<200))
        }
    }

    @Test func `a client of HTTP 1.0 is answered in kind and closed`() async throws {
        try await GuardedServer.run { server in
            let answer = try #require(try await server.exchange("GET /ok HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))
            #expect(answer.hasPrefix("HTTP/1.0 200 OK\r\n"))
            #expect(answer.contains("\r\nConnection: close\r\n"))
            #expect(answer.hasSuffix("\r\n\r\nok\(GuardedServer.end)"))
        }
    }

    @Test func `a client of HTTP 1.0 gets a body of unknown length without chunks`() async throws {
        try await GuardedServer.run { router in
            router.get("pieces") { _, _ in Response(status: .ok, body: pieces(["one", "two"])) }
        } _: { server in
            let old = try #require(try await server.exchange("GET /pieces HTTP/1.0\r\n\r\n"))
            #expect(old.hasSuffix("\r\n\r\nonetwo"))
            #expect(!old.lowercased().contains("transfer-encoding"))
            let new = try #require(
                try await server.exchange("GET /pieces HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
            #expect(new.hasSuffix("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"))
        }
    }

    @Test(arguments: ["close", "Close"])
    func `a response that says so closes the connection`(value: String) async throws {
        try await GuardedServer.run { router in
            router.get("bye") { _, _ in Response(status: .ok, headers: [.connection: value]) }
        } _: { server in
            let answer = try #require(try await server.exchange("GET /bye HTTP/1.1\r\nHost: a\r\n\r\n\(Self.get)"))
            #expect(answer.components(of: "HTTP/1.1 ") == 1)
        }
    }

    @Test func `a request that says so is the connection's last`() async throws {
        try await GuardedServer.run { server in
            let last = "GET /ok HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let answer = try #require(try await server.exchange(last + Self.get))
            #expect(answer.components(of: "HTTP/1.1 ") == 1)
            #expect(answer.contains("\r\nConnection: close\r\n"))
        }
    }

    @Test func `a wish to upgrade is not granted and ends the connection`() async throws {
        try await GuardedServer.run { server in
            let answer = try #require(
                try await server.exchange(
                    "GET /ok HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\(Self.get)"))
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.contains("\r\nConnection: close\r\n"))
            #expect(answer.components(of: "HTTP/1.1 ") == 1)
        }
    }

    @Test func `nothing of a response to HEAD is taken for the next response`() async throws {
        try await GuardedServer.run { router in
            router.head("pieces") { _, _ in Response(status: .ok, body: pieces(["one", "two"])) }
        } _: { server in
            let connection = try server.connect()
            try await connection.send("HEAD /pieces HTTP/1.1\r\nHost: a\r\n\r\n\(Self.get)")
            let answers = await connection.receive { $0.hasSuffix(GuardedServer.end) }
            #expect(answers.contains("\r\n\r\nHTTP/1.1 200 OK\r\n"))
            #expect(!answers.contains("one"))
        }
    }

    @Test func `a client that only closes its output still gets a quick answer`() async throws {
        var limits = ConnectionLimits.patient
        // What is quick depends on what else the machine does.
        limits.disconnectGrace = .seconds(20)
        try await GuardedServer.run(limits: limits) { server in
            let connection = try server.connect()
            try await connection.send(Self.get)
            connection.closeOutput()
            let answer = await connection.receiveToEnd()
            #expect(answer?.hasSuffix("ok\(GuardedServer.end)") == true)
        }
    }

    @Test func `a body is asked for when the handler wants it`() async throws {
        try await GuardedServer.run { server in
            let connection = try server.connect()
            try await connection.send(
                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            let asked = await connection.receive { $0.hasSuffix("\r\n\r\n") }
            #expect(asked.hasPrefix("HTTP/1.1 100 Continue\r\n"))
            try await connection.send("abc")
            let answer = await connection.receive { $0.hasSuffix(GuardedServer.end) }
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("abc\(GuardedServer.end)"))
        }
    }

    @Test func `a body is not asked for when the handler does not want it`() async throws {
        try await GuardedServer.run { server in
            let answer = try #require(
                try await server.exchange(
                    "POST /refuse HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"))
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains("\r\nConnection: close\r\n"))
        }
    }
}

/// A body of unknown length.
private func pieces(_ pieces: [String]) -> ResponseBody {
    ResponseBody { writer in
        for piece in pieces {
            try await writer.write(ByteBuffer(string: piece))
        }
        try await writer.finish(nil)
    }
}
