import Core
import Persistence
import PostgresClient

struct PostgresIdempotencyRepository: IdempotencyRepository {
    /// When a key can be used anew whose unit of work was committed without an answer.
    private static let longestUnanswered = Duration.hours(24)

    let runner: any StatementRunner

    func claim(_ key: IdempotencyKey, requestHash: [UInt8], at time: Timestamp) async throws -> IdempotencyClaim {
        // The lock is tried before the row is touched, so that nobody waits for a unit of work that has it.
        let claim: SQL = """
            insert into idempotency_records (principal, method, path, key, request_hash, created_at, expires_at)
            select \(key.principal), \(key.method), \(key.path), \(key.key), \(requestHash), \(time),
                \(time + Self.longestUnanswered)
            where pg_try_advisory_xact_lock(hashtextextended(\(key.lockName), 0))
            on conflict (principal, method, path, key) do update
            set request_hash = excluded.request_hash, status = null, sealed_response = null,
                created_at = excluded.created_at, expires_at = excluded.expires_at
            where idempotency_records.expires_at <= \(time)
            """
        // A statement of its own: the snapshot of the first may be older than what made it conflict.
        let results = try await runner.run([claim, Self.select(key, at: time)], access: .write)
        if results.first?.affected == 1 { return .claimed }
        return try results.last.flatMap { try Self.outcome(of: $0, requestHash) } ?? .inProgress
    }

    func find(_ key: IdempotencyKey, requestHash: [UInt8], at time: Timestamp) async throws -> IdempotencyClaim? {
        let results = try await runner.run([Self.select(key, at: time)], access: .read)
        return try results.last.flatMap { try Self.outcome(of: $0, requestHash) }
    }

    private static func select(_ key: IdempotencyKey, at time: Timestamp) -> SQL {
        """
        select request_hash, status, sealed_response
        from idempotency_records
        where \(sql: key.condition) and expires_at > \(time)
        """
    }

    /// Nil when there is no record.
    private static func outcome(of rows: PostgresRows, _ requestHash: [UInt8]) throws -> IdempotencyClaim? {
        let found = try rows.firstValue { columns throws(PostgresDecodingError) in
            (
                hash: try columns.next([UInt8].self), status: try columns.next(Int?.self),
                sealedResponse: try columns.next([UInt8]?.self)
            )
        }
        guard let found else { return nil }
        guard found.hash == requestHash else { return .mismatch }
        guard let status = found.status, let sealedResponse = found.sealedResponse else { return .inProgress }
        return .replay(status: status, sealedResponse: sealedResponse)
    }

    func complete(
        _ key: IdempotencyKey, status: Int, sealedResponse: [UInt8], expiresAt: Timestamp
    ) async throws {
        let completed = try await runner.change(
            """
            update idempotency_records
            set status = \(status), sealed_response = \(sealedResponse), expires_at = \(expiresAt)
            where \(sql: key.condition)
            """)
        guard completed == 1 else { throw DatabaseError.notFound }
    }

    func removeExpired(before time: Timestamp) async throws -> Int {
        try await runner.change("delete from idempotency_records where expires_at < \(time)")
    }
}

extension IdempotencyKey {
    fileprivate var condition: SQL {
        "principal = \(principal) and method = \(method) and path = \(path) and key = \(key)"
    }

    /// What is locked while a unit of work has the claim.
    fileprivate var lockName: String {
        ["idempotency", principal, method, path, key].joined(separator: "\n")
    }
}
