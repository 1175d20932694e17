import Core

/// A try to sign in that was counted: under the account, and under the address block it came from.
struct CountedTry: Sendable {
    let accountKey: String
    let block: AddressBlock?
}

extension Accounts {
    /// What tries of an account's password are counted under.
    static func accountKey(of email: EmailAddress) -> String { "account:\(email.key)" }

    /// Counts a try before the password is looked at.
    /// - Parameter device: A device known to be the account's, which has a count of its own.
    /// - Throws: As ``countTry(_:origin:)``.
    func countTry(of email: EmailAddress, on device: DeviceToken?, origin: RequestOrigin) async throws -> CountedTry {
        try await countTry(device.map { "device:\($0.text)" } ?? Self.accountKey(of: email), origin: origin)
    }

    /// Counts a try under a key, before a credential is looked at.
    /// - Throws: ``AuthError/throttled(retryAfter:)`` when the key or the address block has no try left; then none is
    ///   counted.
    func countTry(_ key: String, origin: RequestOrigin) async throws -> CountedTry {
        let counted = CountedTry(accountKey: key, block: origin.ip.flatMap { AddressBlock($0) })
        if let block = counted.block { try await reserve(.signInAddressBlock, key: block.description) }
        do {
            try await reserve(.signInAccount, key: counted.accountKey)
        } catch {
            if let block = counted.block { try await throttle.release(.signInAddressBlock, key: block.description) }
            throw error
        }
        return counted
    }

    /// Forgets the account's failures after a right password. The address block gets back this try only.
    func forgiveTries(_ counted: CountedTry) async throws {
        try await throttle.release(.signInAccount, key: counted.accountKey)
        if let block = counted.block { try await throttle.release(.signInAddressBlock, key: block.description) }
    }

    /// Takes back a try that came to no answer. The failures before it stay counted: otherwise whoever overloads the
    /// server, or hangs up early, could go on for ever. A wait that this try began stays as well.
    func returnTry(_ counted: CountedTry) async throws {
        try await throttle.release(ThrottlePolicy.signInAccount.returningOne, key: counted.accountKey)
        if let block = counted.block { try await throttle.release(.signInAddressBlock, key: block.description) }
    }

    private func reserve(_ policy: ThrottlePolicy, key: String) async throws {
        if case .denied(let retryAfter) = try await throttle.reserve(policy, key: key) {
            throw AuthError.throttled(retryAfter: retryAfter)
        }
    }
}

extension ThrottlePolicy {
    /// The same counts, of which a release takes back one.
    fileprivate var returningOne: ThrottlePolicy {
        ThrottlePolicy(name: name, limit: limit, window: window, interval: interval, waits: waits, release: .returnsOne)
    }
}
