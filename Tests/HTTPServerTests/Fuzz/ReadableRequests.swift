/// Requests that are HTTP, with anything in them.
struct ReadableRequests {
    /// A request's bytes, and what its answer depends on.
    struct Generated {
        let bytes: [UInt8]
        let isHead: Bool
    }

    private static let paths = [
        "/api/v1/auth/register", "/api/v1/auth/login", "/api/v1/auth/refresh", "/api/v1/auth/logout",
        "/api/v1/auth/email/verify", "/api/v1/auth/email/resend", "/api/v1/auth/settings", "/.well-known/jwks.json",
        "/api/v1/users/me", "/api/v1/users/me", "/api/v1/users/me/sessions", "/api/v1/users/me/sessions/",
        "/health/live", "/health/ready", "/openapi.json", "/dev/outbox", "/", "//", "/api/v1", "/%00", "/..;/",
    ]
    private static let methods = [
        "GET", "GET", "GET", "POST", "POST", "POST", "POST", "PATCH", "PATCH", "DELETE", "PUT",
        "HEAD", "OPTIONS", "TRACE", "PROPFIND", "SEARCH", "M-SEARCH", "QUERY",
    ]
    private static let queries = [
        "limit=1", "limit=0", "limit=", "limit=1e9", "limit=99999999999999999999999", "cursor=%00", "cursor=AAAA",
        "scope=x",
        "scope=others", "to=ada@example.com", "to=%0d%0a", "%", "%%", "=&=&=", "a=%ff%fe", "limit=1&limit=1", "?", "&",
    ]
    private static let texts = [
        "ada@example.com", "x", "", " ", "correct horse battery", "\\u0000", "a\\r\\nb", "\\ud800", "\\udc00\\ud800",
        "é",
        "e\u{301}", "\u{202e}", "\u{1F468}\u{200D}\u{1F469}", "' or 1=1 --", "${jndi:x}", "<script>", "../../etc",
        "null",
        "0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f", "Europe/Paris", "fr", "\\", "\"", "\n", "\u{1}", "%s%n",
    ]
    private static let cookies = [
        "plinth_access=x", "plinth_refresh=plr_AAAA", "=", ";;", "plinth_access=1; plinth_access=2",
        "\u{2000}plinth_access=x",
    ]
    private static let letters = ["é", "a", "\u{301}", "\t"]
    private static let fields = [
        "email", "password", "first_name", "last_name", "locale", "time_zone", "terms_version", "device_name", "token",
        "refresh_token", "invitation_token", "is_superuser", "", "__proto__",
    ]

    private var source: FuzzSource
    private let tokens: [String]
    private var count = 0

    /// - Parameter tokens: Access tokens of live sessions.
    init(seed: UInt64, tokens: [String]) {
        source = FuzzSource(seed: seed)
        self.tokens = tokens
    }

    mutating func next() -> Generated {
        count += 1
        let method = source.one(of: Self.methods)
        let hasBody = !["GET", "HEAD", "TRACE"].contains(method) || source.once(in: 20)
        let body = hasBody ? body() : []
        var lines = [
            "\(method) \(target()) HTTP/1.1", "Host: \(source.one(of: ["localhost", "127.0.0.1:8080", "x", "[::1]"]))",
        ]
        lines += (0..<source.number(0..<5)).map { _ in field() }
        if source.once(in: 3) { lines.append(credential()) }
        var bytes = Array(lines.joined(separator: "\r\n").utf8)
        if hasBody, !source.once(in: 10) {
            bytes += Array("\r\nContent-Type: \(source.once(in: 20) ? "text/plain" : "application/json")".utf8)
        }
        if hasBody, source.once(in: 4) {
            bytes += Array("\r\nTransfer-Encoding: chunked\r\n\r\n".utf8) + chunked(body)
        } else if hasBody {
            bytes += Array("\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
        } else {
            bytes += Array("\r\n\r\n".utf8)
        }
        return Generated(bytes: bytes, isHead: method == "HEAD")
    }

    private mutating func target() -> String {
        var path = source.one(of: Self.paths)
        if source.once(in: 6) {
            path += source.one(of: ["x", "%2f", "*", "0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f", "/", "/../", ":"])
        }
        if source.once(in: 200) { path += String(repeating: "/a", count: 3000) }
        guard source.once(in: 3) else { return path }
        return path + "?" + (0..<source.number(1..<4)).map { _ in source.one(of: Self.queries) }.joined(separator: "&")
    }

    private mutating func field() -> String {
        switch source.number(0..<12) {
        case 0: "Accept: \(source.one(of: ["*/*", "text/html", "", ";;q=,", "application/json;q=0.1"]))"
        case 1: "Accept-Language: \(source.one(of: ["fr", "", "*", "xx;q=9,,;", "fr-CH;q=nan"]))"
        case 2: "Idempotency-Key: \(source.one(of: ["a", "", "é", String(repeating: "k", count: 300)]))"
        case 3: "If-None-Match: \(source.one(of: ["*", "\"", "\"x\", W/", ",,,", ""]))"
        case 4: "If-Match: \(source.one(of: ["*", "\"", "\"x\", W/", ",,,", ""]))"
        case 5: "Origin: \(source.one(of: ["null", "", "http://localhost:8080", "https://evil.example", "é"]))"
        case 6: "Sec-Fetch-Site: \(source.one(of: ["same-origin", "cross-site", "", "x"]))"
        case 7:
            "Cookie: \(source.one(of: Self.cookies))"
        case 8: "X-Forwarded-For: \(source.one(of: ["1.2.3.4", "x, y", ",", "::1", "[::1]:1", ""]))"
        case 9:
            "User-Agent: " + String(repeating: source.one(of: Self.letters), count: source.number(0..<900))
        case 10: "Access-Control-Request-Method: \(source.one(of: ["GET", "", "é"]))"
        default: "X-\(source.number(0..<99)): \(source.one(of: Self.queries))"
        }
    }

    private mutating func credential() -> String {
        let token = source.one(of: tokens)
        let text =
            switch source.number(0..<6) {
            case 0: token + "="
            case 1: String(token.dropLast(source.number(1..<60)))
            case 2: "a.b.c"
            case 3: String(repeating: "A", count: source.number(0..<5000))
            default: token
            }
        return source.once(in: 3) ? "Cookie: plinth_access=\(text)" : "Authorization: Bearer \(text)"
    }

    private mutating func body() -> [UInt8] {
        switch source.number(0..<12) {
        case 0: return source.bytes(source.number(0..<60))
        case 1:
            return Array(
                String(repeating: source.one(of: ["[", "{\"a\":", "[[", "\""]), count: source.number(1..<400)).utf8)
        case 2:
            return Array(
                source.one(of: ["", "null", "7", "[]", "\"x\"", "1e999", "-", "{}", "tru", "\u{feff}{}"]).utf8)
        case 3 where source.once(in: 3): return [UInt8](repeating: 0x20, count: source.number(16_300..<17_500))
        case 4, 5: return source.damaged(Array(object().utf8), changes: source.number(1..<4))
        default: return Array(object().utf8)
        }
    }

    private mutating func object() -> String {
        if source.once(in: 25) {
            return
                #"{"email":"new\#(count)x\#(source.number(0..<1_000_000))@example.com","#
                + #""password":"\#(TestAPI.password)","#
                + #""first_name":"A","last_name":"B"}"#
        }
        let members = (0..<source.number(0..<6)).map { _ in "\"\(source.one(of: Self.fields))\":\(value())" }
        return "{\(members.joined(separator: ","))}"
    }

    private mutating func value() -> String {
        switch source.number(0..<10) {
        case 0: source.one(of: ["null", "true", "false", "0", "-0", "1e999", "12345678901234567890123", "0.1"])
        case 1: source.one(of: ["[]", "{}", "[null]", "{\"a\":{}}", "[[[[]]]]"])
        case 2: "\"\(String(repeating: source.one(of: Self.texts), count: source.number(0..<90)))\""
        default: "\"\(source.one(of: Self.texts))\""
        }
    }

    private mutating func chunked(_ body: [UInt8]) -> [UInt8] {
        var (rest, bytes) = (body[...], [UInt8]())
        while !rest.isEmpty {
            let piece = rest.prefix(source.number(1..<2000))
            bytes += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8)
            rest = rest.dropFirst(piece.count)
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }
}
