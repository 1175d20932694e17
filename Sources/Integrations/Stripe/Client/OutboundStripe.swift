import Core

/// Calls Stripe over HTTP.
struct OutboundStripe: StripeTransport {
    static let usualBase = "https://api.stripe.com"

    private let base: String
    private let http: OutboundHTTP

    /// - Parameter base: Where the API is, without the version; Stripe's own unless told otherwise.
    init(base: String = usualBase, http: OutboundHTTP) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.http = http
    }

    func send(
        _ request: HTTPExchange.Request, within limit: Duration, largestAnswer: Int
    ) async throws -> HTTPExchange.Response {
        let query = request.query.map { "?\($0)" } ?? ""
        do {
            let answer = try await http.send(
                request.method, base + request.path + query, headers: request.fields.map { ($0.name, $0.value) },
                body: request.body, within: limit, largestAnswer: largestAnswer)
            return HTTPExchange.Response(status: answer.status, fields: answer.headers, body: answer.body)
        } catch let failure as OutboundHTTP.NoAnswer {
            throw StripeNoAnswer(reason: failure.description, isTooLarge: failure.isTooLarge)
        }
    }
}
