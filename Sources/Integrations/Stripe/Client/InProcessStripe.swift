import Core

/// Calls what stands in for Stripe in the same process.
struct InProcessStripe: StripeTransport {
    private let exchange: HTTPExchange

    init(_ exchange: HTTPExchange) {
        self.exchange = exchange
    }

    func send(
        _ request: HTTPExchange.Request, within limit: Duration, largestAnswer: Int
    ) async throws -> HTTPExchange.Response {
        let exchange = exchange
        let answer = try await withThrowingTaskGroup(of: HTTPExchange.Response?.self) { group in
            group.addTask {
                do {
                    return try await exchange.respond(to: request)
                } catch {
                    try Task.checkCancellation()
                    throw StripeNoAnswer(reason: "no answer: \(type(of: error))")
                }
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let answer else { throw StripeNoAnswer(reason: "no answer within \(limit)") }
        guard answer.body.count <= largestAnswer else {
            throw StripeNoAnswer(reason: "an answer of more than \(largestAnswer) bytes", isTooLarge: true)
        }
        return answer
    }
}
