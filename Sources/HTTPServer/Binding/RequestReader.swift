import API
import HTTPTypes
import Hummingbird
import NIOCore

/// Reads a request's body as far as its endpoint wants one.
struct RequestReader: Sendable {
    private static let longestIdempotencyKey = 255
    private static let alwaysAcceptable: Set<String> = ["*/*", "application/problem+json"]

    let traits: EndpointTraits
    /// What an `Accept` field may ask for.
    private let acceptable: Set<String>
    /// Whether its answer is of a type that is known only once it is found.
    private let answersAnything: Bool

    init(traits: EndpointTraits, answers: [AnswerForm]) {
        self.traits = traits
        answersAnything = answers.contains { $0.mediaType == "*/*" }
        let types = answers.filter { $0.schema != nil }.map { $0.mediaType.prefix { $0 != ";" } } + ["application/json"]
        acceptable = Self.alwaysAcceptable.union(types.flatMap { [String($0), $0.prefix { $0 != "/" } + "/*"] })
    }

    /// - Throws: ``ProblemError`` for a key or an answer's type that the endpoint does not take.
    func checkHead(of request: Request) throws {
        try checkIdempotencyKey(request)
        try checkAccept(request)
    }

    /// - Throws: ``ProblemError`` for a type or a size that the endpoint does not take.
    func body(of request: Request, context: PlinthRequestContext) async throws -> ByteBuffer {
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > traits.bodyLimit.bytes { throw ProblemError(.payloadTooLarge) }
        if request.headers.contains(.expect) { context.channel.wantsRequestBody() }
        let body = try await request.body.collect(upTo: traits.bodyLimit.bytes)
        // A client that hangs up ends its body early without an error.
        if let length, length != body.readableBytes { throw ProblemError(.malformedRequest) }
        if body.readableBytes == 0, traits.acceptsEmptyBody { return body }
        guard let type = request.headers[.contentType], Self.isJSON(type), !isEncoded(request) else {
            throw ProblemError(.unsupportedMediaType)
        }
        return body
    }

    /// 1 to 255 printable ASCII characters.
    private func checkIdempotencyKey(_ request: Request) throws {
        guard traits.takesIdempotencyKey, request.headers.contains(.idempotencyKey) else { return }
        let keys = request.headers[values: .idempotencyKey]
        guard keys.count == 1, let key = keys.first, (1...Self.longestIdempotencyKey).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw ProblemError(.malformedRequest) }
    }

    private func checkAccept(_ request: Request) throws {
        guard let accept = request.headers[.accept], !accept.isEmpty, !answersAnything else { return }
        let takes = accept.lowercased().split(separator: ",").contains { range in
            range.split(separator: ";").first.map { acceptable.contains(Self.trimmed($0)) } ?? false
        }
        if !takes { throw ProblemError(.notAcceptable) }
    }

    /// Whether the body is compressed or otherwise not what its type says.
    private func isEncoded(_ request: Request) -> Bool {
        request.headers[.contentEncoding].map { $0.lowercased() != "identity" } ?? false
    }

    /// `application/json`, with `charset=utf-8` if anything.
    static func isJSON(_ contentType: String) -> Bool {
        let parts = contentType.lowercased().split(separator: ";").map { trimmed($0) }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy {
            !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
        }
    }

    /// Without the white space of HTTP around it.
    private static func trimmed(_ text: Substring) -> String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        let start = text.drop(while: isSpace)
        return String(start.dropLast(start.reversed().prefix(while: isSpace).count))
    }
}
