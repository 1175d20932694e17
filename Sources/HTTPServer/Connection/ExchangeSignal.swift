package import NIOCore

/// What a handler tells its connection about the request it is working on.
enum ExchangeSignal: Sendable {
    /// The body is about to be read: a client that asked (`Expect: 100-continue`) is told to send it. `limit`
    /// replaces the connection's backstop on its size.
    case wantsBody(limit: Int?)
    /// The response is a stream: the request deadline does not apply.
    case streams
}

extension Channel {
    /// Asks for the body of the request being handled, before reading it: answers `Expect: 100-continue`.
    ///
    /// - Parameter limit: bytes, replacing the connection's backstop; nil keeps it.
    package func wantsRequestBody(limit: Int? = nil) {
        triggerUserOutboundEvent(ExchangeSignal.wantsBody(limit: limit), promise: nil)
    }

    /// Exempts the response being made from the request deadline. `text/event-stream` is exempt by itself.
    package func streamsResponse() {
        triggerUserOutboundEvent(ExchangeSignal.streams, promise: nil)
    }
}
