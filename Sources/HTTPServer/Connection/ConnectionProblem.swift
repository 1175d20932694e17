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

    var status: HTTPResponseStatus {
        switch self {
        case .malformed, .hostRequired: .badRequest
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .bodyTooLarge: .payloadTooLarge
        case .requestTimeout: .requestTimeout
        case .overdue: .serviceUnavailable
        }
    }

    var code: String {
        switch self {
        case .malformed: "malformed_request"
        case .hostRequired: "host_required"
        case .headersTooLarge: "headers_too_large"
        case .bodyTooLarge: "body_too_large"
        case .requestTimeout: "request_timeout"
        case .overdue: "deadline_exceeded"
        }
    }

    private var title: String {
        switch self {
        case .malformed, .hostRequired: "Bad Request"
        case .headersTooLarge: "Request Header Fields Too Large"
        case .bodyTooLarge: "Content Too Large"
        case .requestTimeout: "Request Timeout"
        case .overdue: "Service Unavailable"
        }
    }

    private var detail: String {
        switch self {
        case .malformed: "The request is not valid HTTP."
        case .hostRequired: "The request needs exactly one Host header."
        case .headersTooLarge: "The request has too many or too large header fields."
        case .bodyTooLarge: "The request body is too large."
        case .requestTimeout: "The request took too long to arrive."
        case .overdue: "The request took too long to answer."
        }
    }

    /// The RFC 9457 document, with the members that every error of the API has.
    ///
    /// - Parameter requestID: letters, digits and hyphens; it is not escaped.
    func document(requestID: String) -> String {
        """
        {"type":"about:blank","title":"\(title)","status":\(status.code),"detail":"\(detail)","instance":null,\
        "code":"\(code)","request_id":"\(requestID)","errors":[]}
        """
    }

    /// The head that goes with a document of `length` bytes. Always the connection's last.
    func head(length: Int, version: HTTPVersion, isSecure: Bool) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        headers.add(name: "Content-Type", value: "application/problem+json")
        headers.add(name: "Content-Length", value: String(length))
        headers.add(name: "Connection", value: "close")
        if self == .overdue {
            headers.add(name: "Retry-After", value: "1")
        }
        for field in SecurityHeaders.error(isSecure: isSecure) {
            headers.add(name: field.name.rawName, value: field.value)
        }
        return HTTPResponseHead(version: version, status: status, headers: headers)
    }
}
