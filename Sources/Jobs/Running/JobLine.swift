import Core
import Logging
import Metrics
import Persistence
import ServiceLifecycle

/// The jobs of one queue that a worker has under way.
struct JobLine: Sendable {
    /// How often is looked, at the end, whether jobs are still running.
    private static let endingPause = Duration.milliseconds(20)

    let name: String
    let worker: JobWorker
    let running: RunningJobs
    let settler: JobSettler

    private var settings: JobWorkerSettings { worker.settings }
    private var places: Int { max(1, settings.concurrencyByQueue[name] ?? settings.concurrency) }

    func run() async {
        let (turns, turn) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let free = FreePlaces(places)
        await withTaskCancellationOrGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await poll(turn) }
                group.addTask { for await _ in worker.queue.wakeUps() { turn.yield() } }
                for await _ in turns {
                    while let jobs = await claim(free) {
                        for job in jobs {
                            group.addTask {
                                await perform(job)
                                if free.giveBack() { turn.yield() }
                            }
                        }
                        // Fewer than asked for: nothing else is due.
                        if free.count > 0 { break }
                    }
                }
                await settle(free)
                group.cancelAll()
            }
        } onCancelOrGracefulShutdown: {
            turn.finish()
        }
    }

    private func poll(_ turn: AsyncStream<Void>.Continuation) async {
        repeat { turn.yield() } while (try? await Task.sleep(for: settings.poll)) != nil
    }

    /// Takes as many jobs as there are places.
    /// - Returns: Nil when there is none, or no place.
    private func claim(_ free: FreePlaces) async -> [ClaimedJob]? {
        let limit = min(free.count, settings.batch)
        guard limit > 0 else { return nil }
        do {
            let now = worker.time.now()
            let jobs = try await worker.queue.claim(
                name, limit: limit, lease: settings.lease, token: .make(at: now, randomness: worker.randomness), at: now
            )
            guard !jobs.isEmpty else { return nil }
            free.take(jobs.count)
            running.add(jobs.map(\.claim))
            return jobs
        } catch {
            if !Task.isCancelled {
                worker.logger.warning("no jobs taken", metadata: ["queue": "\(name)", "reason": "\(error)"])
            }
            return nil
        }
    }

    private func perform(_ claimed: ClaimedJob) async {
        let context = JobContext(claimed, database: worker.database, time: worker.time)
        let start = ContinuousClock.now
        var outcome: JobResult.Outcome = .finished
        var isOurs = true
        do {
            guard let handler = worker.handlers.handler(of: claimed.job.name) else {
                throw JobHandlers.Unheard()
            }
            try await handler(context)
        } catch is JobContext.LeaseLost {
            isOurs = false
        } catch {
            outcome = self.outcome(of: error, claimed)
        }
        JobMetrics.ran(claimed.job.name, for: start.duration(to: .now), outcome)
        // Of what is finished with its effect, or is another attempt's by now, there is nothing left to tell.
        if context.isFinished || !isOurs {
            running.remove([claimed.claim])
        } else {
            settler.add(JobResult(claim: claimed.claim, outcome: outcome))
        }
    }

    private func outcome(of error: any Error, _ claimed: ClaimedJob) -> JobResult.Outcome {
        // Cut off by the end of the worker, not by itself.
        if Task.isCancelled { return .returned }
        let job = claimed.job
        worker.logger.warning(
            "job failed",
            metadata: [
                "job": "\(job.id)", "name": "\(job.name)", "attempt": "\(claimed.attempt)", "reason": "\(error)",
            ])
        let reason = "\(error)"
        var wait = settings.retries.delay(after: claimed.attempt, fraction: worker.randomness.fraction())
        switch error as? JobFailure {
        case .permanent(let reason): return .parked(error: reason)
        // Not sooner than the back-off either: the attempts must not be used up while nothing can change.
        case .retry(let after, _): wait = max(wait, after)
        case nil: break
        }
        guard claimed.attempt < job.maxAttempts else { return .parked(error: reason) }
        return .retry(at: worker.time.now() + wait, error: reason)
    }

    /// Waits until nothing runs, or the grace is over.
    private func settle(_ free: FreePlaces) async {
        let end = ContinuousClock.now + settings.grace
        while free.count < places, ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: Self.endingPause)
        }
    }
}
