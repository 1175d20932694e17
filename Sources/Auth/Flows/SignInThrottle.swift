import Core

/// A try to sign in that was counted: under the account, and under the address block it came from.
struct CountedTry: Sendable {
    let accountKey: String
    let block: AddressBlock?
}

extension Accounts {
    /// Counts a try before the password is looked at.
    /// - Parameter device: A device known to be the account's, which has a count of its own.
    /// - Throws: ``AuthError/throttled(retryAfter:)`` when the account or the address block has no try left; then none
    ///   is counted.
    func countTry(of email: EmailAddress, on device: DeviceToken?, origin: RequestOrigin) async throws -> CountedTry {
        let counted = CountedTry(
            accountKey: device.map { "device:\($0.text)" } ?? "account:\(email.key)",
            block: origin.ip.flatMap { AddressBlock($0) })
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
