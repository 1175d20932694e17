/// How long to wait before trying again: longer with every failure, each time by a part that chance decides.
struct BackOff {
    /// The first and the longest wait, in nanoseconds.
    let first: UInt64
    let longest: UInt64
    /// The monotonic time before which nothing is tried.
    private(set) var notBefore: UInt64 = 0
    private var wait: UInt64 = 0

    init(first: UInt64, longest: UInt64) {
        self.first = first
        self.longest = longest
    }

    /// - Parameter jitter: Between 0 and 1: from half the wait to all of it.
    mutating func failed(at now: UInt64, jitter: Double) {
        // Connections that fail together are one failure, or ten of them at once would reach the longest wait.
        guard now >= notBefore else { return }
        wait = min(max(first, wait &* 2), longest)
        notBefore = now &+ UInt64(Double(wait) * (0.5 + jitter / 2))
    }

    mutating func succeeded() {
        (wait, notBefore) = (0, 0)
    }
}
