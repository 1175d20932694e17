#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension PoolLoop {
    /// Sends a batch and waits for its answer, or until the caller's task is cancelled.
    /// - Parameter shielded: Wait on although cancelled: for what ends a transaction.
    func run(_ batch: PendingBatch, shielded: Bool = false) async throws(PostgresError) -> [PostgresRows] {
        if batch.statements.contains(where: { !$0.isSendable }) { throw .invalidParameter }
        if shielded { return try await submit(batch).get() }
        let outcome = await withTaskCancellationHandler {
            await submit(batch)
        } onCancel: {
            if batch.waiter.finish(.failure(.cancelled)) { mailbox.post(.withdraw(batch)) }
        }
        return try outcome.get()
    }

    private func submit(_ batch: PendingBatch) async -> Result<[PostgresRows], PostgresError> {
        await withUnsafeContinuation { continuation in
            if batch.waiter.begin(continuation) { mailbox.post(.submit(batch)) }
        }
    }

    /// Waits for a connection of one's own.
    /// - Parameter opening: Sent before the first batch on it.
    func lease(opening: [SQL]) async throws(PostgresError) -> Lease {
        if opening.contains(where: { !$0.isSendable }) { throw .invalidParameter }
        let request = LeaseRequest(opening: opening)
        let outcome = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if request.waiter.begin(continuation) { mailbox.post(.lease(request)) }
            }
        } onCancel: {
            if request.waiter.finish(.failure(.cancelled)) { mailbox.post(.withdrawLease(request)) }
        }
        return try outcome.get()
    }
}

extension SQL {
    /// A message of 1 GiB or more ends the session, and with it what others have on the connection.
    private static var mostBytes: Int { 1_000 << 20 }

    /// Whether the protocol can carry it: no NUL in text, not too many binds, not too long.
    var isSendable: Bool {
        !binds.isInvalid && binds.count <= Binds.most && !text.holdsNUL
            && binds.byteCount + text.utf8.count <= Self.mostBytes
    }
}

extension String {
    /// Whether a byte is NUL, which ends a C string early. Asked of every statement, so by `memchr` (50 times faster).
    var holdsNUL: Bool {
        var text = self
        return text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return false }
            return memchr(base, 0, bytes.count) != nil
        }
    }
}
