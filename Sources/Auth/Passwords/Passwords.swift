public import Core

/// Making and checking password hashes, on a pool of their own.
public struct Passwords: Sendable {
    private let hasher: PasswordHasher
    private let pool: HashingPool
    /// What a password is checked against where there is no account.
    private let dummy: PHCString

    public init(parameters: PasswordHasher.Parameters, pool: HashingPool, randomness: Randomness) {
        hasher = PasswordHasher(parameters: parameters, randomness: randomness)
        self.pool = pool
        dummy = hasher.unmatchable()
    }

    /// The PHC string to be stored. Nothing of the password is cut off or changed but that it is brought to NFC.
    /// - Throws: ``HashingPool/Overloaded``, `CancellationError`, ``PasswordHasher/Problem/outOfMemory``.
    public func hash(_ password: String) async throws -> String {
        let hasher = hasher
        return try await pool.run { Result { () throws(PasswordHasher.Problem) in try hasher.hash(password) } }.get()
    }

    /// Whether the password is the one that `phc` was made of.
    ///
    /// Without a `phc` (no such account, or one without a password) the same work is done and the answer is
    /// ``PasswordCheck/wrong``, so that time tells nothing. So it is for a stored text that is no hash of ours: an
    /// answer of its own would tell that the account exists.
    /// - Throws: ``HashingPool/Overloaded``, `CancellationError`, ``PasswordHasher/Problem/outOfMemory``.
    public func verify(_ password: String, against phc: String?) async throws -> PasswordCheck {
        let hasher = hasher
        let stored = phc.flatMap(PHCString.init) ?? dummy
        let matches = try await pool.run {
            Result { () throws(PasswordHasher.Problem) in try hasher.verify(password, against: stored) }
        }.get()
        return matches ? .right(needsRehash: hasher.needsRehash(stored)) : .wrong
    }
}

/// What came out of checking a password.
public enum PasswordCheck: Sendable, Equatable {
    /// It is the right one; with `needsRehash` the stored hash is weaker than those made today and wants replacing.
    case right(needsRehash: Bool)
    case wrong
}
