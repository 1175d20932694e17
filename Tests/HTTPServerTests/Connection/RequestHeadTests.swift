import API
import Core
import HTTPTypes
import NIOHTTP1
import Testing

@testable import HTTPServer

struct RequestHeadTests {
    private func accept(
        _ target: String,
        method: HTTPMethod = .GET,
        version: HTTPVersion = .http1_1,
        headers: HTTPHeaders = ["Host": "a.example:8080"]
    ) throws(ConnectionProblem) -> RequestHead {
        let head = HTTPRequestHead(version: version, method: method, uri: target, headers: headers)
        return try RequestHead(head, isSecure: true)
    }

    @Test func `a request comes out as it went in, Host aside`() throws {
        let head = try accept(
            "/a/b?c=d%20e", method: .PATCH, headers: ["host": "a.example", "Cookie": "a=b", "X-A": "1", "x-a": "2"])
        #expect(head.request.method == .patch)
        #expect(head.request.scheme == "https")
        #expect(head.request.authority == "a.example")
        #expect(head.request.path == "/a/b?c=d%20e")
        #expect(head.request.headerFields.map(\.name.rawName) == ["Cookie", "X-A", "x-a"])
        #expect(head.traits == [])
    }

    @Test(arguments: [
        ("http://b.example/x?y=1", "b.example", "/x?y=1"), ("HTTPS://b.example:1", "b.example:1", "/"),
        ("http://b.example?y", "b.example", "/?y"), ("//b.example/x", "a.example:8080", "//b.example/x"),
    ])
    func `a whole address gives path and authority`(target: String, authority: String, path: String) throws {
        let request = try accept(target).request
        #expect(request.authority == authority)
        #expect(request.path == path)
    }

    @Test func `an asterisk is for OPTIONS`() throws {
        #expect(try accept("*", method: .OPTIONS).request.path == "*")
        #expect(throws: ConnectionProblem.malformed) { try accept("*", method: .GET) }
    }

    @Test(arguments: ["", "a", "http://", "http:///a", "http://u@b/", "/a b", "/a#b", "/\u{7F}", "/\u{E9}", "/a\r\nb"])
    func `no other target passes`(target: String) {
        #expect(throws: ConnectionProblem.malformed) { try accept(target) }
    }

    @Test func `a method outside the usual ones is passed on, a tunnel is not`() throws {
        #expect(try accept("/", method: .PROPFIND).request.method.rawValue == "PROPFIND")
        #expect(throws: ConnectionProblem.malformed) { try accept("a:443", method: .CONNECT) }
    }

    @Test func `traits follow version and headers`() throws {
        #expect(try accept("/", version: .http1_0, headers: [:]).traits == [.http10, .closes])
        #expect(try accept("/", method: .HEAD).traits == .head)
        #expect(try accept("/", headers: ["Host": "a", "Connection": "close"]).traits == .closes)
        #expect(try accept("/", headers: ["Host": "a", "Expect": "100-Continue"]).traits == .expectsContinue)
        #expect(try accept("/", headers: ["Host": "a", "Expect": "something"]).traits == [])
        #expect(try accept("/", headers: ["Host": "a", "Upgrade": "h2c"]).traits == .closes)
    }

    @Test(arguments: ConnectionProblem.allCases)
    func `every problem is a whole document`(problem: ConnectionProblem) throws {
        let document = problem.document(requestID: "id-1")
        let expected = Problem(problem.code, requestID: "id-1", language: .english)
        #expect(
            String(decoding: document, as: UTF8.self)
                == String(decoding: try JSONWriter.encode(expected), as: UTF8.self))
        let head = problem.head(length: document.count, version: .http1_1, isSecure: true)
        #expect(head.status.code == UInt(problem.code.status))
        #expect(head.headers.first(name: "Strict-Transport-Security") == "max-age=63072000; includeSubDomains")
        #expect(head.headers.first(name: "Connection") == "close")
    }

    @Test func `every error carries all the security headers`() {
        let names = SecurityHeaders.error(isSecure: true).map(\.name.rawName)
        #expect(
            names == [
                "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
                "Cross-Origin-Resource-Policy", "Content-Security-Policy", "Permissions-Policy", "Cache-Control",
                "Strict-Transport-Security",
            ])
        #expect(SecurityHeaders.error(isSecure: false).count == names.count - 1)
        #expect(SecurityHeaders.api[.xContentTypeOptions] == "nosniff")
    }
}
