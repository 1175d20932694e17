import HTTPTypes
import Testing

@testable import HTTPServer

struct RequestReaderTests {
    private static let login = "/api/v1/auth/login"

    @Test(arguments: [
        ("application/json", true), ("application/json; charset=utf-8", true),
        ("APPLICATION/JSON;charset=\"UTF-8\"", true),
        ("application/json ; a=b", true), ("application/json; charset=utf-16", false), ("application/jsonx", false),
        ("application / json", false), ("text/json", false), ("text/plain", false), ("multipart/form-data", false),
        ("application/x-www-form-urlencoded", false), ("", false), ("application/json, text/plain", false),
        ("text/plain; application/json", false), ("application/problem+json", false),
    ])
    func `a body is JSON or nothing`(type: String, isTaken: Bool) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.post, Self.login, "{}", headers: [.contentType: type])
            #expect(answer.status == (isTaken ? 422 : 415), "\(type)")
            #expect(answer.code == (isTaken ? "validation_failed" : "unsupported_media_type"))
        }
    }

    @Test func `a body without a type, of two types or compressed is refused`() async throws {
        try await TestAPI.run { api async throws in
            let json: HTTPFields = [.contentType: "application/json"]
            let cases: [HTTPFields] = [
                json.merging(json), json.merging([.contentEncoding: "gzip"]), json.merging([.contentEncoding: "br"]),
            ]
            for headers in cases {
                #expect(try await api.send(.post, Self.login, "{}", headers: headers).status == 415, "\(headers)")
            }
            #expect(try await api.send(.post, Self.login).status == 415)
            let plain = json.merging([.contentEncoding: "Identity"])
            #expect(try await api.send(.post, Self.login, "{}", headers: plain).status == 422)
        }
    }

    @Test(arguments: [
        ("*/*", true), ("application/json", true), ("application/*;q=0.1", true), ("Application/JSON", true),
        ("text/html, */*;q=0.8", true), ("text/html ,\tapplication/json", true), ("application/problem+json", true),
        ("", true), ("text/html", false), ("application/xml", false), ("application/jsonp", false), (";", false),
        (",", false), ("image/*", false),
    ])
    func `whoever takes no JSON is told`(accept: String, isServed: Bool) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.get, "/api/v1/auth/settings", headers: [.accept: accept])
            #expect(answer.status == (isServed ? 200 : 406), "\(accept)")
            #expect(answer.code == (isServed ? nil : "not_acceptable"))
        }
    }

    @Test(arguments: [
        ("a", true), (String(repeating: "k", count: 255), true), ("0198c5f0-6b5e-7c3a", true), ("a b", true),
        ("~!\"", true), ("", false), (String(repeating: "k", count: 256), false), ("é", false),
        ("\u{2028}", false),
    ])
    func `an idempotency key is 1 to 255 printable characters, on any POST`(key: String, isTaken: Bool) async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            for (path, body, status) in [(Self.login, "{}", 422), ("/api/v1/auth/logout?scope=others", nil, 204)]
                as [(String, String?, Int)]
            {
                let headers = TestAPI.bearer(token).merging([.idempotencyKey: key])
                let answer = try await api.send(.post, path, body, headers: headers)
                #expect(answer.status == (isTaken ? status : 400), "\(path) \(key)")
                if !isTaken { #expect(answer.code == "malformed_request") }
            }
        }
    }

    @Test func `two idempotency keys are none, and on other methods they mean nothing`() async throws {
        try await TestAPI.run { api async throws in
            let two = HTTPFields(named: [("Idempotency-Key", "a"), ("Idempotency-Key", "a")])
            #expect(try await api.send(.post, Self.login, "{}", headers: two).code == "malformed_request")
            #expect(try await api.send(.get, "/api/v1/auth/settings", headers: two).status == 200)
        }
    }

    @Test func `a body over 16 KiB is too large, with its length told before or not`() async throws {
        try await TestAPI.run { api async throws in
            func body(of count: Int) -> String { "{\(String(repeating: " ", count: count - 2))}" }
            for isChunked in [true, false] {
                let fits = try await api.send(.post, Self.login, body(of: 16_384), isChunked: isChunked)
                #expect(fits.status == 422, "\(isChunked)")
                let tooLarge = try await api.send(.post, Self.login, body(of: 16_385), isChunked: isChunked)
                #expect(tooLarge.status == 413, "\(isChunked): \(tooLarge.text)")
                #expect(tooLarge.code == "payload_too_large")
            }
            let announced = try await api.send(.post, Self.login, "{}", headers: [.contentLength: "16385"])
            #expect(announced.status == 413)
            let own = try await api.send(
                .patch, "/api/v1/users/me", body(of: 100_000), headers: TestAPI.bearer(try await api.register().access))
            #expect(own.status == 200)
        }
    }

    @Test func `a body that ends before its length is not acted upon`() async throws {
        try await TestAPI.run { api async throws in
            let registration = TestAPI.registration()
            let cut = try await api.send(
                .post, "/api/v1/auth/register", registration,
                headers: [.contentLength: String(registration.utf8.count + 1)])
            #expect(cut.status == 400)
            #expect(cut.code == "malformed_request")
            #expect(try await api.send(.post, "/api/v1/auth/register", registration).status == 201)
        }
    }

    @Test(arguments: [
        "", " ", "{", "}", "{}}", "{} {}", "{\"a\":1,\"a\":2}", "{'a':1}", "{\"a\":01}", "{\"a\":1,}", "[1,]", "nul",
        "\u{feff}{}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\n\"}", "// {}", "NaN", "{\"a\":+1}",
        "{\"a\":.5}",
        String(repeating: "[", count: 33) + String(repeating: "]", count: 33),
        String(repeating: #"{"a":"#, count: 33) + "1" + String(repeating: "}", count: 33),
    ])
    func `what is no JSON text is malformed`(body: String) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.post, Self.login, body)
            #expect(answer.status == 400, "\(body)")
            #expect(answer.code == "malformed_request")
            #expect(answer.errors.isEmpty)
        }
    }

    @Test func `thirty-two levels are read`() async throws {
        try await TestAPI.run { api async throws in
            let body = String(repeating: #"{"a":"#, count: 32) + "1" + String(repeating: "}", count: 32)
            let answer = try await api.send(.post, Self.login, body)
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/email", "/password"])
        }
    }
}
