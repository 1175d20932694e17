import CLibPQ

extension PipelineConnection {
    /// Reads what the socket has.
    /// - Parameter completed: Called for each batch whose whole answer has come, oldest first.
    /// - Returns: Whether the connection is still good.
    func receive(completed: (Flight) -> Void) -> Bool {
        repeat {
            guard PQconsumeInput(handle) == 1 else {
                _ = takeResults(completed)
                return false
            }
            guard takeResults(completed) else { return false }
        } while hasBuffered
        // Nobody listens here, but a statement that said LISTEN must not fill the memory.
        while let notification = PQnotifies(handle) { PQfreemem(notification) }
        return PQstatus(handle) == CONNECTION_OK
    }

    /// - Returns: Whether the connection can go on.
    private func takeResults(_ completed: (Flight) -> Void) -> Bool {
        var isBetweenResults = false
        while owesAnswer, PQisBusy(handle) == 0 {
            guard let result = PQgetResult(handle) else {
                // One nil stands between the results of two statements; after a second one nothing would ever come.
                guard !isBetweenResults, PQstatus(handle) == CONNECTION_OK else { return false }
                isBetweenResults = true
                continue
            }
            isBetweenResults = false
            let status = PQresultStatus(result)
            if status == PGRES_PIPELINE_SYNC {
                PQclear(result)
                if syncs.popFirst() == false, let flight = flights.popFirst() { completed(flight) }
                continue
            }
            let rows = PostgresRows(result: ResultHandle(result))
            var isDone = false
            flights.modifyFirst { flight in
                accept(rows, status, &flight)
                isDone = flight.sharesSync && flight.isAnswered && !flight.isSessionOver && !status.isCopy
            }
            if isDone, let flight = flights.popFirst() { completed(flight) }
            // In pipeline mode a COPY answers with itself without end.
            if status.isCopy || PQstatus(handle) != CONNECTION_OK { return false }
        }
        return true
    }

    /// Takes one result in.
    private func accept(_ rows: PostgresRows, _ status: ExecStatusType, _ flight: inout Flight) {
        let step = flight.advance()
        switch status {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            switch step {
            case .statement: flight.results.append(rows)
            case .detour(.prepare(let key)): statements.prepared(key)
            case .detour, .sync: break
            }
        default:
            if case .detour(.prepare(let key)) = step { statements.forget(key) }
            guard flight.error == nil else { return }
            switch status {
            case PGRES_PIPELINE_ABORTED:
                flight.error = .outcomeUnknown
                flight.isAborted = flight.sharesSync
            case _ where status.isCopy:
                // What came before a COPY TO in the same batch is committed by the sync that follows.
                let isAlone = flight.batch.lease != nil || flight.batch.statements.count == 1
                flight.error = isAlone || status == PGRES_COPY_IN ? .server(.copyInBatch) : .outcomeUnknown
            default:
                flight.error = .server(PostgresServerError(result: rows.result.pointer))
                flight.isSessionOver = PostgresServerError.endsSession(rows.result.pointer)
            }
        }
    }
}

extension ExecStatusType {
    var isCopy: Bool { self == PGRES_COPY_OUT || self == PGRES_COPY_IN || self == PGRES_COPY_BOTH }
}

extension PostgresServerError {
    /// What a COPY from or to the client ends in where nobody reads or writes it.
    static let copyInBatch = PostgresServerError(
        sqlState: "0A000", message: "COPY from or to the client is not possible")

    init(result: OpaquePointer) {
        self.init(
            sqlState: Self.field("C", of: result) ?? "XX000", constraint: Self.field("n", of: result),
            message: Self.field("M", of: result) ?? String(cString: PQresultErrorMessage(result)))
    }

    /// Whether the severity says that the server closes the connection.
    static func endsSession(_ result: OpaquePointer) -> Bool {
        ["FATAL", "PANIC"].contains(field("V", of: result))
    }

    private static func field(_ code: Character, of result: OpaquePointer) -> String? {
        PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
    }
}
