import Core
import Logging
import Persistence

/// Prolongs the leases of what a worker does, and gives others what lost workers left.
struct LeaseKeeper: Sendable {
    let queue: any JobQueue
    let running: RunningJobs
    let settings: JobWorkerSettings
    let logger: Logger
    let time: TimeSource

    func prolong() async {
        while (try? await Task.sleep(for: settings.heartbeat)) != nil {
            let claims = running.all
            guard !claims.isEmpty else { continue }
            await trying("leases not prolonged") {
                let held = try await queue.extend(claims, lease: settings.lease)
                running.remove(Set(claims).subtracting(held))
            }
        }
    }

    func reclaim() async {
        repeat {
            await trying("lost jobs not looked for") {
                let count = try await queue.reclaim(at: time.now())
                if count > 0 { logger.warning("jobs of lost workers taken back", metadata: ["count": "\(count)"]) }
                JobMetrics.record(try await queue.statistics(), at: time.now())
            }
        } while (try? await Task.sleep(for: settings.reclaim)) != nil
    }

    private func trying(_ failure: Logger.Message, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            if !Task.isCancelled { logger.warning(failure, metadata: ["reason": "\(error)"]) }
        }
    }
}
