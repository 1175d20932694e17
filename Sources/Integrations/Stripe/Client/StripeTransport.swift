import Core

/// How calls reach Stripe, or what speaks as it does.
protocol StripeTransport: Sendable {
    /// Sends once; whether to try again is not for the transport to say.
    /// - Parameters:
    ///   - limit: To the last byte of the answer.
    ///   - largestAnswer: In bytes.
    /// - Throws: ``StripeNoAnswer``; `CancellationError`.
    func send(
        _ request: HTTPExchange.Request, within limit: Duration, largestAnswer: Int
    ) async throws -> HTTPExchange.Response
}

/// No answer came, or none that can be read. Whether the call had its effect is not known.
struct StripeNoAnswer: Error, Equatable {
    /// In words that say nothing of what was sent.
    let reason: String
    /// Another try would be answered with as much.
    var isTooLarge = false
}
