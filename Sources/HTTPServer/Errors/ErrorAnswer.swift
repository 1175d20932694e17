import API
import Core
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Turns every error into a problem document (RFC 9457).
enum ErrorAnswer {
    /// Answers an error; one that nobody expected is logged and answered without a word about it.
    static func response(to error: any Error, request: Request, requestID: String, logger: Logger) -> Response {
        // Mostly nobody is there any more; who only half-closed, or is cut off by a shutdown, may come again.
        let isCutOff = error is CancellationError && Task.isCancelled
        let problem = isCutOff ? ProblemError(.unavailable, retryAfter: .seconds(1)) : ProblemError.mapping(error)
        if problem == nil {
            logger.error(
                "unexpected error",
                metadata: ["request_id": "\(requestID)", "error": "\(String(reflecting: error))"])
        }
        return response(to: problem ?? ProblemError(.internalError), language: request.language, requestID: requestID)
    }

    private static func response(to error: ProblemError, language: Language, requestID: String) -> Response {
        let problem = Problem(
            error.code, errors: error.errors, limit: error.limit, requestID: requestID, language: language)
        let body = (try? JSONWriter.encode(problem)) ?? []
        var headers = error.headers
        headers[.contentType] = Problem.mediaType
        headers[.contentLanguage] = language.rawValue
        headers[.cacheControl] = "no-store"
        if error.code.status == 401, !headers.contains(.wwwAuthenticate) {
            headers[.wwwAuthenticate] = "Bearer"
        }
        return Response(
            status: .init(code: error.code.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}
