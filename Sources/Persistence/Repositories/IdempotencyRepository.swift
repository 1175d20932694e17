public import Core

/// What was answered to requests with an `Idempotency-Key`, kept in the transaction of their effect.
public protocol IdempotencyRepository: Sendable {
    /// Claims the key for this unit of work, or tells what was answered before. While another unit of work holds the same
    /// claim uncommitted it answers ``IdempotencyClaim/inProgress`` at once.
    func claim(_ key: IdempotencyKey, requestHash: [UInt8], at time: Timestamp) async throws -> IdempotencyClaim

    /// What is known of the key, without claiming it; nil when nothing is.
    func find(_ key: IdempotencyKey, requestHash: [UInt8], at time: Timestamp) async throws -> IdempotencyClaim?

    /// Stores the answer to a claimed key, to be replayed until `expiresAt`.
    func complete(_ key: IdempotencyKey, status: Int, sealedResponse: [UInt8], expiresAt: Timestamp) async throws

    /// Removes what expired before `time`.
    /// - Returns: How many.
    func removeExpired(before time: Timestamp) async throws -> Int
}

/// Whose key for which endpoint: one principal's key never meets another's.
public struct IdempotencyKey: Sendable, Hashable {
    /// `user:<id>`, `key:<id>` or `address:<hash>`.
    public let principal: String
    public let method: String
    public let path: String
    /// A hash of what the caller sent: what was answered is sealed under that.
    public let key: String

    public init(principal: String, method: String, path: String, key: String) {
        self.principal = principal
        self.method = method
        self.path = path
        self.key = key
    }
}

public enum IdempotencyClaim: Sendable, Equatable {
    /// Ours to do.
    case claimed
    /// Done before with the same request: what was answered.
    case replay(status: Int, sealedResponse: [UInt8])
    /// The key was used for another request.
    case mismatch
    /// The same request is being worked on.
    case inProgress
}
