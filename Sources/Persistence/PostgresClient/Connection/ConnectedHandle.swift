import CLibPQ

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A connection on its way from the thread that opened it to the one that drives it.
///
/// Unchecked: a `PGconn` may be used by any one thread at a time; it is handed over whole.
final class ConnectedHandle: @unchecked Sendable {
    private(set) var pointer: OpaquePointer?

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQfinish(pointer)
    }

    /// Gives the `PGconn` away.
    func take() -> OpaquePointer? {
        defer { pointer = nil }
        return pointer
    }

    var message: String { String(cString: PQerrorMessage(pointer)) }

    /// Runs one statement, blocking until it is answered.
    func run(_ statement: SQL, until deadline: UInt64) throws(Connector.Failure) {
        let sent = statement.binds.withPointers { count, values, lengths, formats in
            statement.binds.types.withUnsafeBufferPointer { types in
                PQsendQueryParams(pointer, statement.text, count, types.baseAddress, values, lengths, formats, 1) == 1
            }
        }
        guard sent else { throw .refused(message) }
        var refusal: String?
        while true {
            while PQisBusy(pointer) == 1 {
                guard wait(for: Int16(POLLIN), until: deadline) else { throw .timedOut }
                guard PQconsumeInput(pointer) == 1 else { throw .refused(message) }
            }
            guard let result = PQgetResult(pointer) else { break }
            let status = PQresultStatus(result)
            PQclear(result)
            if status != PGRES_TUPLES_OK, status != PGRES_COMMAND_OK { refusal = message }
        }
        if let refusal { throw .refused(refusal) }
    }

    /// - Returns: False when the deadline passed first.
    func wait(for events: Int16, until deadline: UInt64) -> Bool {
        while true {
            let now = Monotonic.now()
            guard now < deadline else { return false }
            var descriptor = pollfd(fd: PQsocket(pointer), events: events, revents: 0)
            let ready = poll(&descriptor, 1, Int32(clamping: (deadline - now) / 1_000_000 + 1))
            if ready > 0 { return true }
            if ready < 0, errno != EINTR { return false }
        }
    }
}
