import API
import HTTPTypes
import Hummingbird
import NIOCore

/// Reads a request's body as far as its endpoint wants one.
struct RequestReader: Sendable {
    private static let longestIdempotencyKey = 255

    let traits: EndpointTraits
    let readsBody: Bool

    /// - Throws: ``ProblemError`` for a key, a type or a size that the endpoint does not take.
    func body(of request: Request, context: PlinthRequestContext) async throws -> ByteBuffer {
        try checkIdempotencyKey(request)
        try checkAccept(request)
        guard readsBody else { return ByteBuffer() }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > traits.bodyLimit.bytes {
            throw ProblemError(.payloadTooLarge)
        }
        if request.headers.contains(.expect) { context.channel.wantsRequestBody() }
        let body = try await request.body.collect(upTo: traits.bodyLimit.bytes)
        if body.readableBytes == 0, traits.acceptsEmptyBody { return body }
        guard let type = request.headers[.contentType], Self.isJSON(type) else {
            throw ProblemError(.unsupportedMediaType)
        }
        return body
    }

    /// 1 to 255 printable ASCII characters.
    private func checkIdempotencyKey(_ request: Request) throws {
        guard traits.takesIdempotencyKey, request.headers.contains(.idempotencyKey) else { return }
        let keys = request.headers[values: .idempotencyKey]
        guard keys.count == 1, let key = keys.first, (1...Self.longestIdempotencyKey).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw ProblemError(.malformedRequest) }
    }

    private func checkAccept(_ request: Request) throws {
        guard let accept = request.headers[.accept] else { return }
        let takes = accept.split(separator: ",").contains { range in
            let type = range.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
            return ["*/*", "application/*", "application/json", "application/problem+json"].contains(type)
        }
        if !takes { throw ProblemError(.notAcceptable) }
    }

    /// `application/json`, with `charset=utf-8` if anything.
    static func isJSON(_ contentType: String) -> Bool {
        let parts = contentType.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy {
            !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
        }
    }
}
