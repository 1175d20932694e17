import Core
import Persistence

// The check constraints that a mistake in a program can break; what outside callers send is bounded by Core.

extension User {
    /// - Throws: ``DatabaseError/unexpected(code:)`` with code 23514.
    func checkConstraints() throws(DatabaseError) {
        guard (deletedAt == nil) == (purgeAt == nil), version > 0 else { throw .checkViolation }
    }
}

extension Session {
    /// A session is not born revoked, for a revocation has its reason.
    /// - Throws: ``DatabaseError/unexpected(code:)`` with code 23514.
    func checkConstraints() throws(DatabaseError) {
        guard revokedAt == nil else { throw .checkViolation }
    }
}

extension RefreshState {
    /// - Throws: ``DatabaseError/unexpected(code:)`` with code 23514.
    func checkConstraints() throws(DatabaseError) {
        guard generation >= 0 else { throw .checkViolation }
        try Digest.check(hash)
        if let parentHash { try Digest.check(parentHash) }
    }
}

extension AuditSeal {
    /// - Throws: ``DatabaseError/unexpected(code:)`` with code 23514.
    func checkConstraints() throws(DatabaseError) {
        guard sequence > 0 else { throw .checkViolation }
        for hash in [eventHash, hash] { try Digest.check(hash) }
        for case .hash(let hash) in [parts.origin, parts.personal] { try Digest.check(hash) }
    }
}

/// SHA-256.
enum Digest {
    static let length = 32  // bytes

    static func check(_ hash: [UInt8]) throws(DatabaseError) {
        guard hash.count == length else { throw .checkViolation }
    }
}
