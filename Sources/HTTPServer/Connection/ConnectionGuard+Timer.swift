import NIOCore

/// The connection's one timer.
extension ConnectionGuard {
    /// How much of the write-stall limit passes between two looks while bytes are pending.
    private static let looksPerStall: Int64 = 4

    /// Sets the timer to whatever is next, but never further than a tick away: deadlines that begin meanwhile are
    /// then always later than it, and a request costs no re-arming.
    func arm(_ context: ChannelHandlerContext) {
        guard !isOver else { return }
        let now = context.eventLoop.now
        var next = now + times.tick
        if let deadline = deadlines.next { next = min(next, deadline) }
        if progress.isPending {
            next = min(next, now + .nanoseconds(times.writeStall.nanoseconds / Self.looksPerStall))
        }
        guard timer == nil || next < timerDeadline else { return }
        timer?.cancel()
        timerDeadline = next
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: next) { [self] in
            timer = nil
            tick(context)
        }
    }

    func look(_ context: ChannelHandlerContext, now: NIODeadline) {
        let pending = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        progress.observe(pending: pending ?? 0, now: now)
    }

    private func tick(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        look(context, now: now)
        if progress.isStalled(now: now, limit: times.writeStall) {
            registry.countStall()
            close(context)
        } else if let expiry = deadlines.expired(now: now) {
            expired(expiry, context: context, now: now)
        }
        arm(context)
    }

    private func expired(_ expiry: ConnectionDeadlines.Expiry, context: ChannelHandlerContext, now: NIODeadline) {
        switch expiry {
        case .head(let began):
            registry.countTimeout()
            guard began, let exchange, exchange.refuseSlowHead() else { return close(context) }
        case .body:
            registry.countTimeout()
            exchange?.refuse(.requestTimeout)
        case .request:
            registry.countTimeout()
            exchange?.refuse(.overdue)
        case .disconnected:
            deadlines.disconnectionHandled()
            cancelHandler()
        case .idle where progress.isPending:
            // Not idle: the client is still reading, as fast as the stall rule asks.
            deadlines.prolong(now: now)
        case .idle, .discard:
            close(context)
        }
    }
}
