/// What callers and connector threads tell the I/O thread.
enum PoolCommand: Sendable {
    case submit(PendingBatch)
    case withdraw(PendingBatch)
    case lease(LeaseRequest)
    case withdrawLease(LeaseRequest)
    case release(Lease, isClean: Bool)
    case connected(slot: Int, ConnectedHandle)
    case connectFailed(slot: Int)
    case shutdown

    /// Answers whoever waits for it that the client was shut down.
    func refuse() {
        switch self {
        case .submit(let batch): batch.waiter.finish(.failure(.closed))
        case .lease(let request): request.waiter.finish(.failure(.closed))
        case .withdraw, .withdrawLease, .release, .connected, .connectFailed, .shutdown: break
        }
    }
}

/// What waits in the pool's queues.
enum PoolRequest {
    case batch(PendingBatch, isRepeated: Bool)
    case lease(LeaseRequest)

    var kind: PoolRequestKind {
        switch self {
        case .batch(let batch, _): batch.access == .write ? .exclusive : .read
        case .lease: .lease
        }
    }

    func refuse(_ error: PostgresError) {
        switch self {
        case .batch(let batch, _): batch.waiter.finish(.failure(error))
        case .lease(let request): request.waiter.finish(.failure(error))
        }
    }
}

/// What a request needs: a place on a shared connection, a connection of its own for one batch, or one until released.
enum PoolRequestKind {
    case read
    case exclusive
    case lease
}
