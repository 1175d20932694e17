import Synchronization

@testable import Auth

/// Hashes that cost nothing and are counted; they hold the password in clear.
final class CountingHashing: PasswordHashing {
    struct State {
        var hashes = 0
        var verifications = 0
        /// Verifications against no hash at all.
        var dummyVerifications = 0
        /// Part of each hash; others want a rehash.
        var strength = 1
        var isOverloaded = false
        /// Runs before the next verification answers.
        var beforeAnswer: (@Sendable () async throws -> Void)?
        /// Runs before each verification answers.
        var beforeEachAnswer: (@Sendable () async -> Void)?
    }

    private let state = Mutex(State())

    var hashes: Int { state.withLock { $0.hashes } }
    var verifications: Int { state.withLock { $0.verifications } }
    var dummyVerifications: Int { state.withLock { $0.dummyVerifications } }
    var work: Int { state.withLock { $0.hashes + $0.verifications } }

    func change(_ change: (inout State) -> Void) {
        state.withLock { change(&$0) }
    }

    func hash(_ password: String) async throws -> String {
        try state.withLock { state in
            if state.isOverloaded { throw HashingPool.Overloaded(retryAfter: .seconds(2)) }
            state.hashes += 1
            return "fake$\(state.strength)$\(password)"
        }
    }

    func verify(_ password: String, against phc: String?) async throws -> PasswordCheck {
        let (check, beforeAnswer, beforeEachAnswer) = try state.withLock { state in
            if state.isOverloaded { throw HashingPool.Overloaded(retryAfter: .seconds(2)) }
            state.verifications += 1
            if phc == nil { state.dummyVerifications += 1 }
            let isRight = phc?.hasSuffix("$\(password)") ?? false
            let isOfToday = phc?.hasPrefix("fake$\(state.strength)$") ?? false
            return (
                isRight ? PasswordCheck.right(needsRehash: !isOfToday) : .wrong, state.beforeAnswer.take(),
                state.beforeEachAnswer
            )
        }
        try await beforeAnswer?()
        await beforeEachAnswer?()
        return check
    }
}
