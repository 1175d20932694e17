import Core
import Persistence

struct InMemoryIdempotency: IdempotencyRepository {
    /// When a key can be used anew whose unit of work was committed without an answer.
    private static let longestUnanswered = Duration.hours(24)

    let scope: Scope
    let access: any TableAccess

    func claim(_ key: IdempotencyKey, requestHash: [UInt8], at time: Timestamp) async throws -> IdempotencyClaim {
        let known = try await access.read { tables in outcome(of: key, requestHash, at: time, in: tables) }
        if let known { return known }
        let claim = try await access.claiming(key) {
            let claim = try await access.write { tables in
                // Another may have committed while this one waited for its turn.
                if let known = outcome(of: key, requestHash, at: time, in: tables) { return known }
                try Scope.require(scope.sees(key, in: tables))
                tables.idempotency[key] = IdempotencyRow(
                    requestHash: requestHash, expiresAt: time + Self.longestUnanswered)
                return IdempotencyClaim.claimed
            }
            return (claim, claim == .claimed)
        }
        return claim ?? .inProgress
    }

    func find(_ key: IdempotencyKey, requestHash: [UInt8], at time: Timestamp) async throws -> IdempotencyClaim? {
        try await access.read { tables in outcome(of: key, requestHash, at: time, in: tables) }
    }

    func complete(
        _ key: IdempotencyKey, status: Int, sealedResponse: [UInt8], expiresAt: Timestamp
    ) async throws {
        try await access.write { tables in
            guard scope.sees(key, in: tables), var row = tables.idempotency[key] else { throw DatabaseError.notFound }
            row.answer = .init(status: status, sealedResponse: sealedResponse)
            row.expiresAt = expiresAt
            tables.idempotency[key] = row
        }
    }

    func removeExpired(before time: Timestamp) async throws -> Int {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            let expired = tables.idempotency.filter { $0.value.expiresAt < time }
            for key in expired.keys { tables.idempotency[key] = nil }
            return expired.count
        }
    }

    /// What is known of the key; nil when it is free.
    private func outcome(
        of key: IdempotencyKey, _ requestHash: [UInt8], at time: Timestamp, in tables: Tables
    ) -> IdempotencyClaim? {
        guard scope.sees(key, in: tables), let row = tables.idempotency[key], time < row.expiresAt else { return nil }
        guard row.requestHash == requestHash else { return .mismatch }
        return row.answer.map { .replay(status: $0.status, sealedResponse: $0.sealedResponse) } ?? .inProgress
    }
}
