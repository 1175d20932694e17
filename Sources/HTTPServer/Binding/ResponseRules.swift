import API
import HTTPTypes
import Hummingbird
import NIOCore

/// Writes an endpoint's answer: body, entity tag, caching.
struct ResponseRules: Sendable {
    let traits: EndpointTraits

    func response(to request: Request, _ reply: Reply<some Answer>) throws -> Response {
        let body = try reply.answer.encodedBody()
        var headers = reply.headers
        if let location = reply.answer.location { headers[.location] = location }
        let status = reply.answer.status
        if !headers.contains(.cacheControl) {
            headers[.cacheControl] =
                traits.entityTag == .none || traits.carriesCredentials ? "no-store" : "private, no-cache"
        }
        if let content = reply.content {
            headers[.contentType] = reply.answer.mediaType
            return Response(status: .init(code: status), headers: headers, body: content)
        }
        guard let body else { return Response(status: .init(code: status), headers: headers) }
        if traits.entityTag != .none, !traits.carriesCredentials {
            let tag = EntityTag.of(body)
            headers[.eTag] = tag
            let known = request.headers[values: .ifNoneMatch]
            if traits.method == .get, !known.isEmpty, EntityTag.matches(known, tag, isWeak: true) {
                return Response(status: .notModified, headers: headers)
            }
        }
        headers[.contentType] = reply.answer.mediaType
        return Response(
            status: .init(code: status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}
