import NIOCore

/// What `ExchangeGuard` tells the connection.
extension ConnectionGuard {
    func requestBegan() {
        guard let context else { return }
        deadlines.requestBegan(now: context.eventLoop.now)
    }

    func requestEnded() {
        deadlines.requestEnded()
    }

    func streamBegan() {
        deadlines.streamBegan()
    }

    func responseEnded() {
        guard let context else { return }
        deadlines.responseEnded(now: context.eventLoop.now)
    }

    func rejected() {
        registry.countRejection()
    }

    /// Nothing that comes in from now on matters.
    func discardInput() {
        guard !discardsInput, let context else { return }
        discardsInput = true
        readToDiscard(context)
    }

    /// The last response is written but perhaps not sent.
    func flushingBegan() {
        guard let context else { return }
        discardInput()
        deadlines.flushingBegan(now: context.eventLoop.now)
    }

    /// The last response is sent and the client was told so: gives it a moment to read it and close. Closing with
    /// bytes unread would reset the connection and could take the response away from the client.
    func linger() {
        guard let context else { return }
        guard !inputClosed else { return close(context) }
        isLingering = true
        deadlines.discardingBegan(now: context.eventLoop.now)
        arm(context)
    }

    func cancelHandlerTask() {
        cancelHandler()
    }
}
