import Core
import Metrics
import Persistence

/// What workers tell about themselves, under `jobs_…`.
enum JobMetrics {
    static func ran(_ name: String, for duration: Duration, _ outcome: JobResult.Outcome) {
        Metrics.Timer(label: "jobs_run_duration", dimensions: [("name", name)])
            .recordNanoseconds(duration.microseconds * 1000)
        switch outcome {
        case .finished, .returned: break
        case .retry: Counter(label: "jobs_failures_total", dimensions: [("name", name)]).increment()
        case .parked: Counter(label: "jobs_parked_total", dimensions: [("name", name)]).increment()
        }
    }

    static func record(_ queues: [JobQueueStatistics], at now: Timestamp) {
        for queue in queues {
            let dimensions = [("queue", queue.queue)]
            Gauge(label: "jobs_available", dimensions: dimensions).record(queue.available)
            Gauge(label: "jobs_running", dimensions: dimensions).record(queue.running)
            Gauge(label: "jobs_parked", dimensions: dimensions).record(queue.parked)
            let age = queue.oldestDue.map { max(0, (now - $0).components.seconds) } ?? 0
            Gauge(label: "jobs_oldest_age_seconds", dimensions: dimensions).record(age)
        }
    }
}
