import Testing

@testable import HTTPServer

struct MalformedRequestTests {
    private static let host = "Host: a\r\n"
    private static let post = "POST /echo HTTP/1.1\r\nHost: a\r\n"

    /// What can be read in two ways, or not at all.
    static let malformed = [
        "both a length and chunks": "\(post)Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "chunks and then a length": "\(post)Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        "two lengths": "\(post)Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "two equal lengths": "\(post)Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "a list of lengths": "\(post)Content-Length: 3, 3\r\n\r\nabc",
        "a signed length": "\(post)Content-Length: +3\r\n\r\nabc",
        "a huge length": "\(post)Content-Length: 99999999999999999999999\r\n\r\nabc",
        "a bad chunk size": "\(post)Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
        "a huge chunk size": "\(post)Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        "a chunk longer than it says": "\(post)Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
        "chunks not last": "\(post)Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        "an unknown coding": "\(post)Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "a space before a colon": "\(post)Content-Length : 3\r\n\r\nabc",
        "a folded header": "GET /ok HTTP/1.1\r\n\(host)X-A: b\r\n c: d\r\n\r\n",
        "a header without a name": "GET /ok HTTP/1.1\r\n\(host): b\r\n\r\n",
        "a header without a colon": "GET /ok HTTP/1.1\r\n\(host)nonsense\r\n\r\n",
        "a NUL in a value": "GET /ok HTTP/1.1\r\n\(host)X-A: b\0c\r\n\r\n",
        "a NUL in a name": "GET /ok HTTP/1.1\r\n\(host)X\0A: b\r\n\r\n",
        "a lone CR in a value": "GET /ok HTTP/1.1\r\n\(host)X-A: b\rc: d\r\n\r\n",
        "a NUL in the target": "GET /ok\0 HTTP/1.1\r\n\(host)\r\n",
        "a space in the target": "GET /o k HTTP/1.1\r\n\(host)\r\n",
        "a target beyond ASCII": "GET /\u{e9} HTTP/1.1\r\n\(host)\r\n",
        "a fragment in the target": "GET /ok#a HTTP/1.1\r\n\(host)\r\n",
        "a target without a slash": "GET ok HTTP/1.1\r\n\(host)\r\n",
        "another scheme": "GET ftp://a/ok HTTP/1.1\r\n\(host)\r\n",
        "an asterisk": "GET * HTTP/1.1\r\n\(host)\r\n",
        "an unknown method": "FETCH /ok HTTP/1.1\r\n\(host)\r\n",
        "a method in small letters": "get /ok HTTP/1.1\r\n\(host)\r\n",
        "a tunnel": "CONNECT a:443 HTTP/1.1\r\n\(host)\r\n",
        "another protocol": "PUT /ok RTSP/1.0\r\n\(host)\r\n",
        "an unknown version": "GET /ok HTTP/3.7\r\n\(host)\r\n",
        "HTTP/0.9": "GET /ok\r\n\r\n",
        "HTTP/2's preface": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "a TLS greeting": "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}",
        "noise": "\u{1}\u{2}\u{3}\u{4}\r\n\r\n",
    ]

    @Test(arguments: malformed)
    func `what is not one clear request is refused in the form of every error, and the connection ends`(
        name: String,
        request: String
    ) async throws {
        try await GuardedServer.run { server in
            let answer = try #require(try await server.exchange(request))
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"), "\(name): \(answer)")
            #expect(answer.contains("\r\nConnection: close\r\n"))
            #expect(answer.contains("\r\nContent-Type: application/problem+json\r\n"))
            #expect(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"))
            #expect(answer.contains("\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"))
            #expect(answer.contains("\r\nCache-Control: no-store\r\n"))
            #expect(!answer.contains("Strict-Transport-Security"))
            #expect(
                answer.hasSuffix(
                    """
                    {"type":"urn:plinth:problem:malformed_request","title":"Malformed request","status":400,\
                    "detail":"The request could not be read. Check its syntax and headers, and send it again.",\
                    "instance":"urn:plinth:request:test-id","code":"malformed_request","request_id":"test-id","errors":[]}
                    """), "\(name): \(answer)")
            #expect(server.registry.counts.rejected == 1)
        }
    }

    @Test(arguments: [
        "", "Host: a\r\nHost: a\r\n", "Host: a\r\nHost: b\r\n", "Host:\r\n", "Host: a/b\r\n", "Host: user@a\r\n",
        "Host: a, b\r\n", "Host: a?b\r\n",
    ])
    func `HTTP 1.1 needs exactly one host`(hosts: String) async throws {
        try await GuardedServer.run { server in
            let answer = try #require(try await server.exchange("GET /ok HTTP/1.1\r\n\(hosts)\r\n"))
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(answer.contains("\"code\":\"host_required\""))
        }
    }

    @Test func `a bad request behind a good one is refused after the good one's answer`() async throws {
        try await GuardedServer.run { server in
            let answer = try #require(
                try await server.exchange("GET /ok HTTP/1.1\r\nHost: a\r\n\r\nGET /ok HTTP/1.1\r\nbad header\r\n\r\n"))
            let good = try #require(answer.firstRange(of: "HTTP/1.1 200 OK"))
            let bad = try #require(answer.firstRange(of: "HTTP/1.1 400 Bad Request"))
            #expect(good.lowerBound < bad.lowerBound)
        }
    }

    @Test func `no second request is found in the body of a refused one`() async throws {
        try await GuardedServer.run { server in
            let answer = try #require(
                try await server.exchange(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\nGET /ok HTTP/1.1\r\nHost: a\r\n\r\n"))
            #expect(answer.components(of: "HTTP/1.1 ") == 1)
        }
    }
}

extension String {
    /// How often `part` occurs.
    func components(of part: String) -> Int {
        ranges(of: part).count
    }
}
