import NIOCore
import NIOHTTP1

extension ExchangeGuard {
    /// Answers instead of the handler, which is cancelled, and closes. When a response has begun there is nothing
    /// left to say, and the connection just closes.
    func refuse(_ problem: ConnectionProblem) {
        guard !isClosing, let context else { return }
        guard !exchange.headSent || !exchange.isActive else { return context.close(promise: nil) }
        switch problem {
        case .malformed, .hostRequired, .headersTooLarge, .bodyTooLarge: connection.rejected()
        case .requestTimeout, .overdue: break
        }
        let document = problem.document(requestID: settings.requestID())
        let isHTTP10 = exchange.isActive && exchange.traits.contains(.http10)
        let hasBody = !(exchange.isActive && exchange.traits.contains(.head))
        let head = problem.head(
            length: document.count,
            version: isHTTP10 ? .http1_0 : .http1_1,
            isSecure: settings.isSecure)

        beginClosing()
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let body = hasBody ? ByteBuffer(bytes: document) : ByteBuffer()
        closeOnceFlushed(.body(.byteBuffer(body)), context: context, promise: nil)
        connection.cancelHandlerTask()
    }

    /// A head that came too slowly. False when nothing can be said, as before the end of a handshake.
    func refuseSlowHead() -> Bool {
        guard !isBusy, speaksFromStart else { return false }
        refuse(.requestTimeout)
        return true
    }

    /// The server is closing: what is being answered is the last.
    func quiesce() {
        exchange.mustClose()
    }
}
