import Synchronization

@testable import Auth

/// Hashes that cost nothing, so that no test waits for another's; they hold the password in clear.
final class FakeHashing: PasswordHashing {
    private let overloaded = Mutex(false)

    /// From now on every hash is refused, as by a pool whose queue is full.
    func overload() {
        overloaded.withLock { $0 = true }
    }

    func hash(_ password: String) async throws -> String {
        try check()
        return "fake$\(password)"
    }

    func verify(_ password: String, against phc: String?) async throws -> PasswordCheck {
        try check()
        return phc == "fake$\(password)" ? .right(needsRehash: false) : .wrong
    }

    private func check() throws {
        if overloaded.withLock({ $0 }) { throw HashingPool.Overloaded(retryAfter: .seconds(2)) }
    }
}
