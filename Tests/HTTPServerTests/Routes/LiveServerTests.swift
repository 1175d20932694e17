import HTTPTypes
import Testing

@testable import HTTPServer

/// What only shows on the wire.
struct LiveServerTests {
    private static let host = "Host: localhost\r\n"
    private static let last = "Host: localhost\r\nConnection: close\r\n"

    @Test func `the server does not name itself, and answers are framed as they must be`() async throws {
        try await LiveAPI.run { api async throws in
            let settings = "/api/v1/auth/settings HTTP/1.1\r\n"
            let first = try #require(try await api.exchange("GET \(settings)\(Self.last)\r\n").first)
            #expect(first.status == 200)
            #expect(first["server"].isEmpty)
            #expect(first["date"].count == 1)
            for field in SecurityHeaders.api {
                #expect(first[field.name.canonicalName] == [field.value])
            }
            let tag = try #require(first["etag"].first)
            let known = try await api.exchange("GET \(settings)If-None-Match: \(tag)\r\n\(Self.last)\r\n")
            #expect(known.map(\.status) == [304])
            let head = try await api.exchange("HEAD \(settings)\(Self.last)\r\n", isToHead: true)
            #expect(head.map(\.status) == [200])
            #expect(head.first?["content-length"] == [String(first.body.count)])
        }
    }

    @Test func `a body that is too large in pieces is refused before it has come, and the connection ends`()
        async throws
    {
        try await LiveAPI.run { api async throws in
            let piece = "1000\r\n\(String(repeating: " ", count: 0x1000))\r\n"
            let answers = try await api.exchange(
                "POST /api/v1/auth/login HTTP/1.1\r\n\(Self.host)Content-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: piece, count: 5))
            #expect(answers.map(\.status) == [413])
            #expect(answers.first?.json?["code"] as? String == "payload_too_large")
            #expect(answers.first?.closes == true)
        }
    }

    @Test func `a client that waits is told to go on, or that its body is not wanted`() async throws {
        try await LiveAPI.run { api async throws in
            let waiting =
                "POST /api/v1/auth/login HTTP/1.1\r\n\(Self.last)Content-Type: application/json\r\n"
                + "Expect: 100-continue\r\n"
            let connection = try api.connect()
            try await connection.send("\(waiting)Content-Length: 2\r\n\r\n")
            let start = await connection.receive { $0.hasSuffix("\r\n\r\n") }
            #expect(start == "HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.send("{}")
            let (bytes, _) = try await connection.receiveBytes()
            #expect(try WireAnswer.readAll(bytes).answers.map(\.status) == [422])
            let refused = try await api.exchange("\(waiting)Content-Length: 16385\r\n\r\n")
            #expect(refused.map(\.status) == [413])
        }
    }

    @Test(arguments: ["\u{7F}", "a\u{7F}", "a\u{1}"])
    func `a control character in an idempotency key is refused`(key: String) async throws {
        try await LiveAPI.run { api async throws in
            let answers = try await api.exchange(
                "POST /api/v1/auth/login HTTP/1.1\r\n\(Self.last)Content-Type: application/json\r\n"
                    + "Idempotency-Key: \(key)\r\nContent-Length: 2\r\n\r\n{}")
            #expect(answers.map(\.status) == [400])
            #expect(answers.first?.json?["code"] as? String == "malformed_request")
        }
    }

    @Test func `what another site's page may send reaches no development route`() async throws {
        try await LiveAPI.run { api async throws in
            for (host, status) in [
                ("localhost:\(api.port)", 200), ("127.0.0.1", 200), ("evil.example", 404),
                ("evil.example:\(api.port)", 404),
            ] {
                let answers = try await api.exchange(
                    "GET /dev/outbox HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
                #expect(answers.map(\.status) == [status], "\(host)")
                // A whole address in the request line outranks the Host header.
                let absolute = try await api.exchange(
                    "GET http://\(host)/dev/outbox HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                #expect(absolute.map(\.status) == [status], "\(host)")
            }
        }
    }

    @Test func `requests sent together are answered in their order, refusals among them`() async throws {
        try await LiveAPI.run { api async throws in
            let paths = ["/health/live", "/nothing", "/api/v1/users/me", "/api/v1/auth/login", "/openapi.json"]
            let requests = paths.map { "GET \($0) HTTP/1.1\r\n\(Self.host)\r\n" }.joined()
            let answers = try await api.exchange(requests + "GET /health/ready HTTP/1.1\r\n\(Self.last)\r\n")
            #expect(answers.map(\.status) == [200, 404, 401, 405, 200, 200])
            #expect(Set(answers.flatMap { $0["x-request-id"] }).count == answers.count)
        }
    }

    @Test func `the connection's address is the client's`() async throws {
        try await LiveAPI.run { api async throws in
            let body = TestAPI.registration()
            let registered = try #require(
                try await api.exchange(
                    "POST /api/v1/auth/register HTTP/1.1\r\n\(Self.last)Content-Type: application/json\r\n"
                        + "X-Forwarded-For: 203.0.113.9\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                ).first)
            #expect(registered.status == 201)
            let token = try #require(registered.json?["access_token"] as? String)
            let sessions = try #require(
                try await api.exchange(
                    "GET /api/v1/users/me/sessions HTTP/1.1\r\n\(Self.last)Authorization: Bearer \(token)\r\n\r\n"
                ).first)
            let session = try #require((sessions.json?["data"] as? [[String: Any]])?.first)
            #expect(session["ip"] as? String == "127.0.0.1")
        }
    }
}
