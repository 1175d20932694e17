import Metrics

/// What a pool tells about itself, under `postgres_…`.
struct PoolMetrics: Sendable {
    private let connections: Gauge
    private let waiting: Gauge
    private let duration: Metrics.Timer
    private let failures: Counter
    private let losses: Counter

    init(name: String) {
        let dimensions = [("pool", name)]
        connections = Gauge(label: "postgres_connections", dimensions: dimensions)
        waiting = Gauge(label: "postgres_waiting", dimensions: dimensions)
        duration = Metrics.Timer(label: "postgres_batch_duration", dimensions: dimensions)
        failures = Counter(label: "postgres_batch_failures_total", dimensions: dimensions)
        losses = Counter(label: "postgres_connections_lost_total", dimensions: dimensions)
    }

    func record<Request>(_ state: PoolState<Request>) {
        connections.record(state.live)
        waiting.record(state.waiting)
    }

    func finished(after nanoseconds: UInt64, failed: Bool) {
        duration.recordNanoseconds(Int64(clamping: nanoseconds))
        if failed { failures.increment() }
    }

    func lost() {
        losses.increment()
    }
}
