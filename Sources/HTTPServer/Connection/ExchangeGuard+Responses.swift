import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

extension ExchangeGuard {
    private static let eventStream = "text/event-stream"

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isClosing, exchange.isActive else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let response):
            context.write(wrapOutboundOut(.head(head(for: response))), promise: promise)
        case .body(let bytes):
            guard !exchange.isBodyless else { return promise?.succeed() ?? () }
            context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: promise)
        case .end(let trailers):
            end(trailers, context: context, promise: promise)
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let signal = event as? ExchangeSignal else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        defer { promise?.succeed() }
        guard exchange.isActive, !isClosing else { return }
        switch signal {
        case .streams:
            connection.streamBegan()
        case .wantsBody(let limit):
            if let limit { exchange.raiseBodyLimit(to: limit) }
            if exchange.takeContinue() {
                let head = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
            }
        }
    }

    /// The request loop above ends by closing its output, then everything. Once a last response is on its way, how
    /// the connection ends is this handler's business.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .all:
            guard isClosing else { return context.close(mode: mode, promise: promise) }
            context.channel.closeFuture.cascade(to: promise)
        case .output, .input:
            // A response that has no end must not look as if it had: no orderly close for it.
            guard isClosing || !exchange.isActive else { return context.close(mode: .all, promise: promise) }
            closeOnceFlushed()
            promise?.succeed()
        }
    }

    private func head(for response: HTTPResponse) -> HTTPResponseHead {
        let status = response.status
        let fields = response.headerFields
        var headers = HTTPHeaders()
        headers.reserveCapacity(fields.count + 1)
        var saysClose = false
        for field in fields {
            let name = field.name.canonicalName
            if name == "connection", field.value.lowercased() == "close" { saysClose = true }
            if name == "content-type", field.value.hasPrefix(Self.eventStream) { connection.streamBegan() }
            headers.add(name: field.name.rawName, value: field.value)
        }
        if status.kind != .informational {
            let mustClose = settings.shutdown.isDraining || connection.inputClosed
            exchange.respond(status: status.code, closes: saysClose || mustClose)
            if exchange.closes, !saysClose {
                headers.replaceOrAdd(name: "Connection", value: "close")
            }
        }
        return HTTPResponseHead(
            version: exchange.traits.contains(.http10) ? .http1_0 : .http1_1,
            status: HTTPResponseStatus(statusCode: status.code, reasonPhrase: status.reasonPhrase),
            headers: headers)
    }

    private func end(_ trailers: HTTPFields?, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        // The encoder would close a bodyless response's chunks, bytes that the client takes for the next response.
        let last: HTTPServerResponsePart =
            exchange.isBodyless
            ? .body(.byteBuffer(ByteBuffer()))
            : .end(trailers.map { HTTPHeaders($0.map { ($0.name.rawName, $0.value) }) })
        exchange.responseDidEnd()
        if exchange.closes || connection.inputClosed {
            beginClosing()
            closeOnceFlushed(last, context: context, promise: promise)
        } else {
            context.write(wrapOutboundOut(last), promise: promise)
            connection.responseEnded()
            passPipelined()
        }
    }

    /// Closes after what was already written, unless that is being done.
    func closeOnceFlushed() {
        guard !isClosing, let context else { return }
        beginClosing()
        closeOnceFlushed(.body(.byteBuffer(ByteBuffer())), context: context, promise: nil)
    }

    /// Writes `last`, and when it has left for the client closes the output, waits a moment, and closes.
    func closeOnceFlushed(
        _ last: HTTPServerResponsePart,
        context: ChannelHandlerContext,
        promise: EventLoopPromise<Void>?
    ) {
        let flushed = promise ?? context.eventLoop.makePromise()
        flushed.futureResult.assumeIsolated().whenSuccess { [connection] in
            if !connection.inputClosed { context.close(mode: .output, promise: nil) }
            connection.linger()
        }
        context.writeAndFlush(wrapOutboundOut(last), promise: flushed)
    }
}
