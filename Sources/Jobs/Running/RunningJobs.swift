import Core
import Synchronization

/// The claims that a worker holds.
final class RunningJobs: Sendable {
    private let claims = Mutex<Set<JobClaim>>([])

    var all: [JobClaim] { claims.withLock { Array($0) } }

    func add(_ added: [JobClaim]) {
        claims.withLock { $0.formUnion(added) }
    }

    func remove(_ removed: some Sequence<JobClaim>) {
        claims.withLock { $0.subtract(removed) }
    }
}

/// How many more jobs of a queue a worker may take.
final class FreePlaces: Sendable {
    private let state: Mutex<(free: Int, all: Int)>

    init(_ count: Int) {
        state = Mutex((count, count))
    }

    var count: Int { state.withLock { $0.free } }

    func take(_ count: Int) {
        state.withLock { $0.free -= count }
    }

    /// - Returns: Whether it is time to take more: half of the places are free, so that claims come in batches.
    func giveBack() -> Bool {
        state.withLock { state in
            state.free += 1
            return state.free * 2 >= state.all
        }
    }
}
