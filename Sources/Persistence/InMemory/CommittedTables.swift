import Persistence
import Synchronization

/// What has been committed. Writers take turns, readers never wait.
final class CommittedTables: TableAccess {
    /// The databases whose units of work the current task is in.
    @TaskLocal static var unitsOfWork: Set<ObjectIdentifier> = []

    /// Whose turn it is to write.
    let turn = FairLock()
    private let tables = Mutex(Tables())
    private let claimed = Mutex<Set<IdempotencyKey>>([])
    private let faults = Mutex<[DatabaseError]>([])

    let wakeUps = WakeUps()

    /// Whether the current task is in a unit of work of these tables.
    var isInsideUnitOfWork: Bool { Self.unitsOfWork.contains(ObjectIdentifier(self)) }

    func read<Result: Sendable>(_ query: (Tables) throws -> Result) async throws -> Result {
        try takeFault()
        return try query(snapshot())
    }

    func write<Result: Sendable>(_ statement: (inout Tables) throws -> Result) async throws -> Result {
        try takeFault()
        // It would wait for the unit of work around it, which waits for it.
        guard !isInsideUnitOfWork else { throw DatabaseError.nestedTransaction }
        try await turn.acquire()
        defer { turn.release() }
        let (result, news) = try tables.withLock { tables in
            let before = tables.jobs.count
            let result = try statement(&tables)
            return (result, Self.takeNews(from: &tables, jobsBefore: before))
        }
        for topic in news { wakeUps.send(topic) }
        return result
    }

    func claiming<Result: Sendable>(
        _ key: IdempotencyKey, _ body: () async throws -> (result: Result, isKept: Bool)
    ) async throws -> Result? {
        guard claim(key) else { return nil }
        defer { unclaim([key]) }
        return try await body().result
    }

    func snapshot() -> Tables {
        tables.withLock { $0 }
    }

    /// For whoever has the ``turn``.
    func commit(_ changed: Tables) {
        let news = tables.withLock { tables in
            let before = tables.jobs.count
            tables = changed
            return Self.takeNews(from: &tables, jobsBefore: before)
        }
        for topic in news { wakeUps.send(topic) }
    }

    private static func takeNews(from tables: inout Tables, jobsBefore: Int) -> [WakeUps.Topic] {
        defer { (tables.touched, tables.hasChangedKeys) = ([], false) }
        return tables.touched.map { .user($0) } + (tables.jobs.count > jobsBefore ? [.jobs] : [])
            + (tables.hasChangedKeys ? [.signingKeys] : [])
    }

    func claim(_ key: IdempotencyKey) -> Bool {
        claimed.withLock { $0.insert(key).inserted }
    }

    func unclaim(_ keys: Set<IdempotencyKey>) {
        claimed.withLock { $0.subtract(keys) }
    }

    func addFault(_ error: DatabaseError) {
        faults.withLock { $0.append(error) }
    }

    func takeFault() throws(DatabaseError) {
        let fault = faults.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if let fault { throw fault }
    }
}
