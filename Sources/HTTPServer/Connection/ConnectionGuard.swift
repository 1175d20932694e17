import NIOCore

/// The first handler of every connection, on bytes, before TLS: runs the connection's one timer, measures what goes
/// in and out, throws away what comes after the last response, and closes when told to.
///
/// What the bytes mean is `ExchangeGuard`'s business, which reports to this one. Both live on the event loop.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    let limits: ConnectionLimits
    let times: ConnectionTimes
    let registry: ConnectionRegistry
    let cancelHandler: @Sendable () -> Void
    weak var exchange: ExchangeGuard?

    private(set) var context: ChannelHandlerContext?
    var deadlines: ConnectionDeadlines
    var progress: WriteProgress
    var timer: Scheduled<Void>?
    var timerDeadline = NIODeadline.distantFuture
    var discardsInput = false
    private var discardedBytes = 0
    var isLingering = false
    /// Closed, or told to close: the timer has nothing left to do.
    private(set) var isOver = false
    /// The client will send nothing more.
    private(set) var inputClosed = false

    /// - Parameter cancelHandler: cancels the task in which the connection's requests are handled; called at the
    ///   latest when the connection has closed, and possibly more than once.
    init(
        limits: ConnectionLimits,
        times: ConnectionTimes,
        registry: ConnectionRegistry,
        now: NIODeadline,
        cancelHandler: @escaping @Sendable () -> Void
    ) {
        self.limits = limits
        self.times = times
        self.registry = registry
        self.cancelHandler = cancelHandler
        deadlines = ConnectionDeadlines(times: times, now: now)
        progress = WriteProgress(now: now)
    }

    func attach(_ exchange: ExchangeGuard) {
        self.exchange = exchange
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        arm(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    private func end() {
        isOver = true
        timer?.cancel()
        timer = nil
        cancelHandler()
    }

    /// Closes at once, whatever is under way.
    func close(_ context: ChannelHandlerContext) {
        end()
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !discardsInput else {
            discardedBytes += unwrapInboundIn(data).readableBytes
            return
        }
        deadlines.bytesArrived(now: context.eventLoop.now)
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if discardsInput { readToDiscard(context) }
    }

    func read(context: ChannelHandlerContext) {
        guard discardsInput else { return context.read() }
        readToDiscard(context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        progress.queued(unwrapOutboundIn(data).readableBytes)
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable {
            look(context, now: context.eventLoop.now)
            arm(context)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ForcedClose:
            close(context)
        case is ChannelShouldQuiesceEvent:
            // Before negotiation or between requests there is nothing to wait for.
            guard let exchange, exchange.isBusy else { return closeUnused(context) }
            exchange.quiesce()
        case ChannelEvent.inputClosed:
            inputClosed = true
            guard !isLingering else { return close(context) }
            guard let exchange, exchange.isBusy else { return closeUnused(context) }
            deadlines.clientClosed(now: context.eventLoop.now)
            context.fireUserInboundEventTriggered(event)
            arm(context)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    /// Closes a connection that has no request, after what its client has not read yet of the last response.
    private func closeUnused(_ context: ChannelHandlerContext) {
        look(context, now: context.eventLoop.now)
        if progress.isPending, let exchange {
            exchange.closeOnceFlushed()
        } else {
            close(context)
        }
    }

    /// Reads on only within what the last response's client is allowed to send in vain; beyond it the connection
    /// waits, unread, for the end of its time.
    func readToDiscard(_ context: ChannelHandlerContext) {
        if discardedBytes < limits.discardBytes, !inputClosed { context.read() }
    }
}
