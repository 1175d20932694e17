import API
import Core
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Turns every error into a problem document.
struct ErrorMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: PlinthRequestContext,
        next: (Request, PlinthRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            // Mostly nobody is there any more; who only half-closed, or is cut off by a shutdown, may come again.
            let isCutOff = error is CancellationError && Task.isCancelled
            let problem = isCutOff ? ProblemError(.unavailable, retryAfter: .seconds(1)) : ProblemError.mapping(error)
            if problem == nil {
                context.logger.error(
                    "unexpected error",
                    metadata: ["request_id": "\(context.requestID)", "error": "\(String(reflecting: error))"])
            }
            return Self.response(
                to: problem ?? ProblemError(.internalError), language: request.language, context: context)
        }
    }

    static func response(to error: ProblemError, language: Language, context: PlinthRequestContext) -> Response {
        let problem = Problem(error.code, errors: error.errors, requestID: context.requestID, language: language)
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
