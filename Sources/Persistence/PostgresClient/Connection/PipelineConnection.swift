import CLibPQ

/// One connection in pipeline mode, confined to the I/O thread.
final class PipelineConnection {
    enum Sending {
        case sent
        /// The connection broke before the whole batch was queued: without its sync nothing takes effect.
        case refused
        /// The connection broke; the batch is among the flights.
        case broken
    }

    let handle: OpaquePointer
    let descriptor: Int32
    let namesStatements: Bool
    let prelude: [SQL]
    private let tls: PendingTLS?
    var statements = StatementCache()
    var flights = FIFO<Flight>()
    /// The syncs to come: whether each is of reads that share it.
    var syncs = FIFO<Bool>()
    /// Whether reads were queued that still need their sync.
    private var owesSync = false
    /// Since when the server owes an answer and has said nothing.
    private(set) var quietSince: UInt64 = 0
    /// Whether libpq holds bytes that the socket would not take.
    private(set) var wantsWrite = false
    /// Whether it is among those to flush at the end of the round.
    var isUnflushed = false

    /// - Parameters:
    ///   - handle: A connected `PGconn`; this takes ownership.
    ///   - namesStatements: False behind a pooler that gives each transaction another session.
    ///   - prelude: Sent before the statements of every batch that is a transaction of its own.
    /// - Returns: nil when pipeline mode can't be entered.
    init?(taking handle: OpaquePointer, namesStatements: Bool, prelude: [SQL]) {
        self.handle = handle
        self.namesStatements = namesStatements
        self.prelude = prelude
        descriptor = PQsocket(handle)
        tls = PendingTLS(of: handle)
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else { return nil }
    }

    deinit {
        PQfinish(handle)
    }

    /// Queues a batch in libpq.
    ///
    /// Reads of one statement get their sync with ``flush()``, those of a round together: libpq writes to the socket at
    /// each sync, which cost more than the rest of the statement.
    func send(_ batch: PendingBatch, at now: UInt64, isRepeated: Bool = false) -> Sending {
        let sharesSync = prelude.isEmpty && !isRepeated && batch.mayShareSync
        var flight = Flight(batch: batch, sentAt: now, isRepeated: isRepeated, sharesSync: sharesSync)
        if sharesSync {
            // Else the server would keep the answer before until the sync, which a slow neighbour may hold up.
            guard !owesSync || PQsendFlushRequest(handle) == 1 else { return .refused }
        } else {
            guard sync() else { return .refused }
        }
        for statement in batch.lease?.open() ?? (batch.lease == nil ? prelude : []) {
            guard enqueue(statement, as: .prelude, &flight) else { return .refused }
        }
        for statement in batch.statements {
            guard enqueue(statement, as: nil, &flight) else { return .refused }
        }
        if !owesAnswer { quietSince = now }
        flights.append(flight)
        if sharesSync {
            owesSync = true
            return .sent
        }
        syncs.append(false)
        return PQpipelineSync(handle) == 1 ? .sent : .broken
    }

    /// Ends the reads that share a sync, if there are any.
    private func sync() -> Bool {
        guard owesSync else { return true }
        owesSync = false
        syncs.append(true)
        return PQpipelineSync(handle) == 1
    }

    /// Whether the server has not answered everything.
    var owesAnswer: Bool { !flights.isEmpty || !syncs.isEmpty }

    /// Writes what the socket takes.
    /// - Returns: Whether the connection is still good.
    func flush() -> Bool {
        guard sync() else { return false }
        let result = PQflush(handle)
        wantsWrite = result == 1
        return result >= 0
    }

    /// Notes that the server has said something.
    func heard(at now: UInt64) {
        quietSince = now
    }

    /// Whether an answer lies in libpq's or the TLS library's buffer, where `poll` doesn't see it: libpq reads while it
    /// writes to a full socket.
    var hasBuffered: Bool {
        owesAnswer && (PQisBusy(handle) == 0 || tls?.isWaiting == true)
    }

    /// Asks the server to end what runs, before the connection is closed: else it would run on and hold its locks.
    /// Never on a shared connection, where it could hit another's statement.
    func cancelStatement() {
        guard !flights.isEmpty else { return }
        let cancellation = StatementCancellation(of: handle)
        OSThread.start(name: "pg-cancel") { cancellation.send() }
    }

    /// - Parameter detour: What the statement is if it is none of the batch's.
    private func enqueue(_ statement: SQL, as detour: Flight.Detour.Kind?, _ flight: inout Flight) -> Bool {
        var name: String?
        if namesStatements, !flight.isRepeated {
            let key = statement.key
            switch statements.name(for: key) {
            case .ready(let known):
                name = known
            case .pending:
                break
            case .absent:
                guard let made = prepare(statement, key, &flight) else { return false }
                name = made
            }
        }
        if let detour { flight.willSend(detour) } else { flight.willSendStatement() }
        return name.map { sendPrepared($0, statement.binds) } ?? sendUnnamed(statement)
    }

    /// - Returns: The statement's name; nil when the connection is broken.
    private func prepare(_ statement: SQL, _ key: StatementKey, _ flight: inout Flight) -> String? {
        let (name, unwanted) = statements.reserve(key)
        for name in unwanted {
            flight.willSend(.deallocate)
            guard sendUnnamed(SQL(unescaped: "deallocate \(name)")) else { return nil }
        }
        flight.willSend(.prepare(key))
        let sent = key.types.withUnsafeBufferPointer {
            PQsendPrepare(handle, name, statement.text, Int32(key.types.count), $0.baseAddress)
        }
        return sent == 1 ? name : nil
    }

    private func sendPrepared(_ name: String, _ binds: Binds) -> Bool {
        binds.withPointers { count, values, lengths, formats in
            PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1) == 1
        }
    }

    private func sendUnnamed(_ statement: SQL) -> Bool {
        statement.binds.withPointers { count, values, lengths, formats in
            statement.binds.types.withUnsafeBufferPointer { types in
                PQsendQueryParams(handle, statement.text, count, types.baseAddress, values, lengths, formats, 1) == 1
            }
        }
    }
}
