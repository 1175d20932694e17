public import Core
public import Persistence
import Synchronization

/// What a handler is given beside the parameters.
public final class JobContext: Sendable {
    /// The attempt does not hold its job any more: it took too long to prolong its lease, and another has it.
    public struct LeaseLost: Error {}

    public let job: Job
    /// 1 for the first.
    public let attempt: Int
    let claim: JobClaim
    private let database: any Database
    private let time: TimeSource
    private let finished = Atomic(false)

    init(_ claimed: ClaimedJob, database: any Database, time: TimeSource) {
        job = claimed.job
        attempt = claimed.attempt
        claim = claimed.claim
        self.database = database
        self.time = time
    }

    /// Whether the job was finished together with its effect.
    var isFinished: Bool { finished.load(ordering: .acquiring) }

    /// Runs the job's effect and ends the job in one unit of work: however often it is started, the effect happens once.
    /// - Throws: What `effect` throws; ``LeaseLost``, and then nothing was done.
    public func finishing<Result: Sendable>(
        _ effect: @Sendable (any Store) async throws -> Result
    ) async throws -> Result {
        let result = try await database.transaction(.system, repetition: .allowed) { store in
            let result = try await effect(store)
            guard try await store.jobs.finish(claim, at: time.now()) else { throw LeaseLost() }
            return result
        }
        finished.store(true, ordering: .releasing)
        return result
    }
}
