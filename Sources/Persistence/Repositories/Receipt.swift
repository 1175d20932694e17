public import Core

/// What makes a unit of work happen once for a caller who may ask again: its key is claimed at the beginning and what is
/// answered kept at the end, in the same transaction as the effect. So retries end in one effect even when the answer to
/// the commit was lost.
public struct Receipt<Outcome: Sendable>: Sendable {
    let key: IdempotencyKey
    let requestHash: [UInt8]
    let claimedAt: Timestamp
    let expiresAt: Timestamp
    let answer: @Sendable (Outcome) throws -> SealedAnswer

    /// - Parameters:
    ///   - requestHash: Hash of what is asked for: something else under the same key is a mistake of the caller's.
    ///   - answer: What is answered to an outcome.
    public init(
        key: IdempotencyKey, requestHash: [UInt8], claimedAt: Timestamp, expiresAt: Timestamp,
        answer: @escaping @Sendable (Outcome) throws -> SealedAnswer
    ) {
        self.key = key
        self.requestHash = requestHash
        self.claimedAt = claimedAt
        self.expiresAt = expiresAt
        self.answer = answer
    }

    /// The same receipt for a unit of work with another outcome.
    public func mapping<Other: Sendable>(
        _ transform: @escaping @Sendable (Other) throws -> Outcome
    ) -> Receipt<Other> {
        Receipt<Other>(key: key, requestHash: requestHash, claimedAt: claimedAt, expiresAt: expiresAt) { [answer] in
            try answer(transform($0))
        }
    }
}

/// What is kept of an answer.
public struct SealedAnswer: Sendable, Equatable {
    public let status: Int
    /// Headers and body, sealed: they may carry credentials.
    public let sealedResponse: [UInt8]

    public init(status: Int, sealedResponse: [UInt8]) {
        self.status = status
        self.sealedResponse = sealedResponse
    }
}

/// Why a unit of work with a ``Receipt`` did not run.
public enum RepeatedRequest: Error, Equatable {
    /// It did before: what was answered.
    case answered(status: Int, sealedResponse: [UInt8])
    /// Its key was used for something else.
    case mismatch
    /// It is running.
    case inProgress
}

extension IdempotencyClaim {
    /// - Throws: ``RepeatedRequest`` unless the key is ours.
    public func requireClaimed() throws(RepeatedRequest) {
        switch self {
        case .claimed: break
        case .replay(let status, let sealedResponse):
            throw .answered(status: status, sealedResponse: sealedResponse)
        case .mismatch: throw .mismatch
        case .inProgress: throw .inProgress
        }
    }
}

extension Database {
    /// Runs `body` as one unit of work, with a receipt once.
    /// - Throws: What `body` throws; ``DatabaseError``; ``RepeatedRequest`` when it is not the first of its key.
    public func transaction<Result: Sendable>(
        _ scope: Scope, repetition: Repetition, receipt: Receipt<Result>?,
        _ body: @Sendable (any Store) async throws -> Result
    ) async throws -> Result {
        guard let receipt else { return try await transaction(scope, repetition: repetition, body) }
        return try await transaction(scope, repetition: repetition) { store in
            try await store.idempotency
                .claim(receipt.key, requestHash: receipt.requestHash, at: receipt.claimedAt).requireClaimed()
            let result = try await body(store)
            let answer = try receipt.answer(result)
            try await store.idempotency.complete(
                receipt.key, status: answer.status, sealedResponse: answer.sealedResponse, expiresAt: receipt.expiresAt)
            return result
        }
    }

    /// Runs `body`, which changes something by one statement at most: with a receipt as one unit of work, without each of
    /// its calls is a transaction of its own and costs no further round trip.
    /// - Throws: As ``transaction(_:repetition:receipt:_:)``.
    public func change<Result: Sendable>(
        _ scope: Scope, receipt: Receipt<Result>?, _ body: @Sendable (any Store) async throws -> Result
    ) async throws -> Result {
        guard let receipt else { return try await body(scoped(scope)) }
        return try await transaction(scope, repetition: .allowed, receipt: receipt, body)
    }
}
