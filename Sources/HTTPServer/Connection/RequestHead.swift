import HTTPTypes
import NIOHTTP1

/// A request's head once it has passed what the parser leaves open: one Host, a target of one known form, names and
/// values that HTTPTypes can carry.
struct RequestHead {
    let request: HTTPRequest
    let traits: RequestTraits

    /// - Throws: `malformed` or `hostRequired`.
    init(_ head: HTTPRequestHead, isSecure: Bool) throws(ConnectionProblem) {
        guard let method = Self.method(head.method), method != .connect else { throw .malformed }
        let target = try RequestTarget(head.uri, method: method)

        var traits: RequestTraits = head.isKeepAlive ? [] : .closes
        if head.version != .http1_1 { traits.formUnion([.http10, .closes]) }
        if method == .head { traits.insert(.head) }

        var host: String?
        var fields = HTTPFields()
        fields.reserveCapacity(head.headers.count)
        for (rawName, value) in head.headers {
            guard let name = HTTPField.Name(rawName) else { throw .malformed }
            switch name.canonicalName {
            case "host":
                guard host == nil, Self.isAuthority(value) else { throw .hostRequired }
                host = value
                continue
            case "expect":
                if value.lowercased() == "100-continue" { traits.insert(.expectsContinue) }
            case "upgrade":
                // The parser stops at a request that asks to upgrade. Nothing here does, so it is the last one.
                traits.insert(.closes)
            default:
                break
            }
            fields.append(HTTPField(name: name, value: value))
        }
        guard host != nil || traits.contains(.http10) else { throw .hostRequired }

        request = HTTPRequest(
            method: method,
            scheme: isSecure ? "https" : "http",
            authority: target.authority ?? host,
            path: target.path,
            headerFields: fields)
        self.traits = traits
    }

    private static func method(_ method: HTTPMethod) -> HTTPRequest.Method? {
        switch method {
        case .GET: .get
        case .HEAD: .head
        case .POST: .post
        case .PUT: .put
        case .PATCH: .patch
        case .DELETE: .delete
        case .OPTIONS: .options
        default: HTTPRequest.Method(method.rawValue)
        }
    }

    /// A host with an optional port: no user, path, query or list, which other readers of the same header could
    /// take for something else.
    static func isAuthority(_ value: String) -> Bool {
        !value.isEmpty
            && value.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
                    true
                default:
                    false
                }
            }
    }
}
