import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

@testable import HTTPServer

/// What came back.
struct TestAnswer {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }
    /// The stable code of a problem.
    var code: String? { json["code"] as? String }
    var errors: [[String: Any]] { json["errors"] as? [[String: Any]] ?? [] }
    var pointers: [String] { errors.compactMap { $0["pointer"] as? String } }
    /// The values of the cookies set, by name.
    var cookies: [String: String] {
        var cookies: [String: String] = [:]
        for header in headers[values: .setCookie] {
            let pair = header.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        return cookies
    }
    /// The items of a list.
    var data: [[String: Any]] { json["data"] as? [[String: Any]] ?? [] }

    /// Everything that a caller can tell two answers apart by, but the request's own id.
    var comparable: String {
        let id = headers[.requestID] ?? ""
        let fields = headers.filter { $0.name != .requestID }.map { "\($0.name): \($0.value)" }.sorted()
        return "\(status)\n\(fields.joined(separator: "\n"))\n\n\(text.replacing(id, with: "id"))"
    }

    subscript(name: String) -> Any? { json[name] }
}

extension TestAnswer {
    /// Runs a response to its end.
    init(_ response: Response) async throws {
        let collector = BodyCollector()
        try await response.body.write(collector)
        self.init(status: response.status.code, headers: response.headers, body: collector.bytes)
    }
}

private final class BodyCollector: ResponseBodyWriter {
    private let collected = Mutex<[UInt8]>([])

    var bytes: [UInt8] { collected.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws {
        collected.withLock { $0 += Array(buffer.readableBytesView) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension HTTPFields {
    func merging(_ other: HTTPFields) -> HTTPFields {
        var fields = self
        fields.append(contentsOf: other)
        return fields
    }

    /// Header fields by their names, for tables of cases.
    init(named pairs: [(String, String)]) {
        self.init()
        for (name, value) in pairs {
            if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
        }
    }
}
