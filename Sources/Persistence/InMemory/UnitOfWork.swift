import Persistence
import Synchronization

/// Calls that are committed together.
///
/// Like PostgreSQL's `read committed`: until the first write it sees what others commit; from then on it has the turn
/// to write, and works on a copy that replaces the committed tables at the end.
final class UnitOfWork: TableAccess {
    private struct State {
        /// The copy; nil until the first write.
        var working: Tables?
        var hasFailed = false
        var hasEnded = false
        var claims: Set<IdempotencyKey> = []

        func check() throws(DatabaseError) {
            if hasEnded { throw .noActiveTransaction }
            if hasFailed { throw .failedTransaction }
        }

        mutating func run<Result: Sendable>(_ statement: (inout Tables) throws -> Result) throws -> Result {
            try check()
            // Taken out for the time of the change, so that it is not copied once more.
            guard var tables = working.take() else { throw DatabaseError.noActiveTransaction }
            defer { working = tables }
            return try statement(&tables)
        }
    }

    private let committed: CommittedTables
    /// One statement at a time, as on a connection.
    private let statements = FairLock()
    private let state = Mutex(State())

    init(_ committed: CommittedTables) {
        self.committed = committed
    }

    func read<Result: Sendable>(_ query: (Tables) throws -> Result) async throws -> Result {
        try failing {
            try committed.takeFault()
            let working = try state.withLock { state in
                try state.check()
                return state.working
            }
            return try query(working ?? committed.snapshot())
        }
    }

    func write<Result: Sendable>(_ statement: (inout Tables) throws -> Result) async throws -> Result {
        try failing { try committed.takeFault() }
        try await statements.acquire()
        defer { statements.release() }
        try await takeTurn()
        return try failing {
            try state.withLock { try $0.run(statement) }
        }
    }

    func claiming<Result: Sendable>(
        _ key: IdempotencyKey, _ body: () async throws -> (result: Result, isKept: Bool)
    ) async throws -> Result? {
        let isOurs = state.withLock { $0.claims.contains(key) }
        guard isOurs || committed.claim(key) else { return nil }
        state.withLock { _ = $0.claims.insert(key) }
        let (result, isKept) = try await body()
        if !isOurs && !isKept {
            state.withLock { _ = $0.claims.remove(key) }
            committed.unclaim([key])
        }
        return result
    }

    /// - Throws: ``DatabaseError`` when a statement failed, though `body` went on: nothing is committed then.
    func commit() throws(DatabaseError) {
        let hasFailed = state.withLock { $0.hasFailed }
        end { if !hasFailed { committed.commit($0) } }
        if hasFailed { throw .failedTransaction }
    }

    func rollBack() {
        end { _ in }
    }

    private func end(_ conclude: (Tables) -> Void) {
        let (working, claims) = state.withLock { state in
            state.hasEnded = true
            return (state.working.take(), state.claims)
        }
        if let working { conclude(working) }
        committed.unclaim(claims)
        if working != nil { committed.turn.release() }
    }

    private func takeTurn() async throws {
        let hasTurn = try state.withLock { state in
            try state.check()
            return state.working != nil
        }
        if hasTurn { return }
        try await committed.turn.acquire()
        let latest = committed.snapshot()
        let isNeeded = state.withLock { state in
            if !state.hasEnded { state.working = latest }
            return !state.hasEnded
        }
        if !isNeeded { committed.turn.release() }
    }

    private func failing<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError where error.endsTransaction {
            state.withLock { $0.hasFailed = true }
            throw error
        }
    }
}
