import Testing

@testable import HTTPServer

struct HeaderLimitTests {
    private func request(extraHeaders: Int, value: String = "b") -> String {
        let headers = (0..<extraHeaders).map { "X-\($0): \(value)\r\n" }.joined()
        return "GET /ok HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(headers)\r\n"
    }

    @Test func `100 header fields pass`() async throws {
        try await GuardedServer.run { server in
            let answer = try await server.exchange(request(extraHeaders: 98))
            #expect(answer?.hasPrefix("HTTP/1.1 200 OK") == true)
        }
    }

    @Test(arguments: [99, 70_000])
    func `more than 100 header fields are refused as too large`(extraHeaders: Int) async throws {
        try await GuardedServer.run { server in
            let connection = try server.connect()
            // The server does not take 70,000 of them: the rest cannot be sent.
            async let sent: Void? = try? connection.send(request(extraHeaders: extraHeaders), timeout: .seconds(1))
            let answer = await connection.receive { $0.contains("\"errors\":[]}") }
            #expect(answer.hasPrefix("HTTP/1.1 431 Request Header Fields Too Large\r\n"))
            #expect(answer.contains("\"code\":\"headers_too_large\""))
            #expect(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"))
            await sent
        }
    }

    @Test func `32 KiB of headers pass and more do not`() async throws {
        try await GuardedServer.run { server in
            let fits = try await server.exchange(request(extraHeaders: 8, value: String(repeating: "b", count: 4000)))
            #expect(fits?.hasPrefix("HTTP/1.1 200 OK") == true)
            let large = String(repeating: "b", count: 4096)
            let tooLarge = try await server.exchange(request(extraHeaders: 8, value: large))
            #expect(tooLarge?.hasPrefix("HTTP/1.1 431 ") == true)
        }
    }

    @Test func `a target counts as a header`() async throws {
        try await GuardedServer.run { server in
            let answer = try await server.exchange(
                "GET /\(String(repeating: "a", count: 33_000)) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer?.hasPrefix("HTTP/1.1 431 ") == true)
        }
    }
}
