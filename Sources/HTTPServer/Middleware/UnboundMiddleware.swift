import API
import HTTPTypes
import Hummingbird

/// Answers what no endpoint is bound to: 405 with `Allow` where the path exists, else 404.
struct UnboundMiddleware: RouterMiddleware {
    private let methods: [PathTemplate: [String]]

    init(endpoints: [any DescribedEndpoint]) {
        methods = Dictionary(grouping: endpoints.map(\.traits), by: \.path).mapValues { traits in
            traits.map(\.method.rawValue) + (traits.contains { $0.method == .get } ? ["HEAD"] : [])
        }
    }

    func handle(
        _ request: Request, context: PlinthRequestContext,
        next: (Request, PlinthRequestContext) async throws -> Response
    ) async throws -> Response {
        guard context.endpointPath == nil else { return try await next(request, context) }
        let segments = request.uri.path.split(separator: "/")
        let allowed = methods.filter { Self.matches($0.key, segments) }.flatMap(\.value)
        guard !allowed.isEmpty else { throw ProblemError(.notFound) }
        throw ProblemError(.methodNotAllowed, headers: [.allow: Set(allowed).sorted().joined(separator: ", ")])
    }

    private static func matches(_ template: PathTemplate, _ segments: [Substring]) -> Bool {
        template.segments.count == segments.count
            && zip(template.segments, segments).allSatisfy { wanted, found in
                if case .fixed(let text) = wanted { text == found } else { true }
            }
    }
}
