/// Bytes that are hardly HTTP any more.
struct BrokenRequests {
    private static let host = "Host: localhost\r\n"
    private static let post =
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

    private var source: FuzzSource
    private var whole: ReadableRequests

    init(seed: UInt64, tokens: [String]) {
        source = FuzzSource(seed: seed)
        whole = ReadableRequests(seed: ~seed, tokens: tokens)
    }

    mutating func next() -> [UInt8] {
        switch source.number(0..<16) {
        case 0: return source.bytes(source.number(0..<400))
        case 1: return Array(requestLine().utf8)
        case 2: return Array("GET /health/live HTTP/1.1\r\n\(Self.host)\(headerLine())\r\n\r\n".utf8)
        case 3: return Array("\(Self.post)\(lengths())\r\n\r\n{}".utf8)
        case 4: return Array("\(Self.post)Transfer-Encoding: chunked\r\n\r\n\(chunks())".utf8)
        case 5: return Array("GET /health/live HTTP/1.1\r\n\(hosts())\r\n".utf8)
        case 6: return Array("GET / HTTP/1.1\r\n\(Self.host)X: \(String(repeating: "x", count: 40_000))\r\n\r\n".utf8)
        case 7:
            return Array("GET / HTTP/1.1\r\n\(Self.host)\(String(repeating: "a: b\r\n", count: 150))\r\n".utf8)
        case 8: return Array(whole.next().bytes.prefix(source.number(1..<300)))
        default:
            let bytes = whole.next().bytes
            return source.damaged(bytes, changes: source.number(1..<6))
        }
    }

    /// 70,000 header fields.
    static let flood = Array("GET / HTTP/1.1\r\n\(host)\(String(repeating: "a:b\r\n", count: 70_000))\r\n".utf8)

    private mutating func requestLine() -> String {
        let method = source.one(of: [
            "GET", "get", "G\0T", "GE T", "", "\r\n", "GET\t", String(repeating: "A", count: 5000),
        ])
        let target = source.one(of: [
            "/", "*", "", "x", "http://", "http://a b/", "//", "/\0", "/\u{e9}", "/#x", "?", "http://u:p@h/", "/\r\n",
            String(repeating: "/", count: 9000),
        ])
        let version = source.one(of: [
            "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "HTTP/1", "", "http/1.1", "HTTP/1.1 x", "HTTP/2.0",
        ])
        return "\(method) \(target) \(version)\r\n\(Self.host)\r\n"
    }

    private mutating func headerLine() -> String {
        source.one(of: [
            "X: a\0b", "X: a\rb", "X: a\nY: b", "X : a", ": a", "X", " X: a", "X: a\r\n b", "X\0: a", "\u{e9}: a",
            "X: \u{1}",
            "Host: other", "Connection: upgrade\r\nUpgrade: h2c", "Connection: close, close", "Expect: nonsense",
            "Content-Length: -1", "Transfer-Encoding: identity", "Trailer: x", "(x): a", "X: \u{7f}",
        ])
    }

    private mutating func lengths() -> String {
        source.one(of: [
            "Content-Length: 99999999999999999999", "Content-Length: 1000000000", "Content-Length: -1",
            "Content-Length: 0x2",
            "Content-Length: 2\r\nContent-Length: 3", "Content-Length: 2, 2",
            "Content-Length: 2\r\nTransfer-Encoding: chunked",
            "Content-Length: ", "Content-Length: 2 2", "Content-Length: 1", "Content-Length: 3", "Content-Length: +2",
            "X: y",
        ])
    }

    private mutating func chunks() -> String {
        source.one(of: [
            "", "0", "0\r\n", "x\r\n", "-1\r\n", "2\r\n{}", "2\r\n{}\r\n", "2\r\n{}\r\n0\r\nX: y\r\n\r\n",
            "1\r\n{}\r\n0\r\n\r\n",
            "ffffffffffffffffff\r\n", "2;\(String(repeating: "x", count: 20_000))\r\n{}\r\n0\r\n\r\n", "2\n{}\n0\n\n",
            "\r\n\r\n",
            "7fffffffffffffff\r\n{}", "2\r\n{}\r\n0\r\nContent-Length: 7\r\n\r\n", " 2\r\n{}\r\n0\r\n\r\n",
        ])
    }

    private mutating func hosts() -> String {
        source.one(of: [
            "", "Host:\r\n", "Host: a\r\nHost: b\r\n", "Host: a b\r\n", "Host: a,b\r\n", "Host: a/b\r\n",
            "Host: \u{e9}\r\n",
            "Host: a@b\r\n", "host: a\r\nHOST: a\r\n", "Host: \(String(repeating: "a", count: 9000))\r\n",
        ])
    }
}
