import API
import Core
import HTTPTypes
import NIOHTTP1

/// What a connection answers by itself, before or instead of any route.
enum ConnectionProblem: Error, Equatable, CaseIterable {
    /// Not HTTP, or HTTP that can be read in two ways.
    case malformed
    /// HTTP/1.1 without exactly one usable Host (RFC 9112, 3.2).
    case hostRequired
    case headersTooLarge
    case bodyTooLarge
    /// The client was too slow.
    case requestTimeout
    /// The server was too slow.
    case overdue

    var code: ProblemCode {
        switch self {
        case .malformed: .malformedRequest
        case .hostRequired: .hostRequired
        case .headersTooLarge: .headersTooLarge
        case .bodyTooLarge: .payloadTooLarge
        case .requestTimeout: .requestTimeout
        case .overdue: .deadlineExceeded
        }
    }

    /// The document that every error of the API has (RFC 9457), in English: what languages are asked for was not read.
    func document(requestID: String) -> [UInt8] {
        (try? JSONWriter.encode(Problem(code, requestID: requestID, language: .english))) ?? []
    }

    /// The head that goes with a document of `length` bytes. Always the connection's last.
    func head(length: Int, version: HTTPVersion, isSecure: Bool) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        headers.add(name: "Content-Type", value: Problem.mediaType)
        headers.add(name: "Content-Length", value: String(length))
        headers.add(name: "Connection", value: "close")
        if self == .overdue {
            headers.add(name: "Retry-After", value: "1")
        }
        for field in SecurityHeaders.error(isSecure: isSecure) {
            headers.add(name: field.name.rawName, value: field.value)
        }
        return HTTPResponseHead(
            version: version, status: HTTPResponseStatus(statusCode: code.status), headers: headers)
    }
}
