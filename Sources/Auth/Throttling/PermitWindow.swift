import Core

/// One key's window as this instance knows it: what is left of the permits it took out of the shared count.
struct PermitWindow: Equatable {
    let limit: Int
    let endsAt: Timestamp
    /// Permits that are ours to give.
    private(set) var left: Int
    /// Permits that nobody had taken when the shared count was last seen.
    private(set) var untaken: Int

    init(limit: Int, endsAt: Timestamp) {
        self.limit = limit
        self.endsAt = endsAt
        left = 0
        untaken = limit
    }

    /// Gives out one permit; nil when the shared count has to be asked.
    mutating func take(at now: Timestamp) -> RequestLimit? {
        guard now < endsAt else { return nil }
        if left > 0 {
            left -= 1
            return report(allowed: true, at: now)
        }
        return untaken > 0 ? nil : report(allowed: false, at: now)
    }

    /// Notes what a visit to the shared count brought.
    mutating func add(_ lease: SharedWindow.Lease) {
        left += lease.granted
        untaken = lease.untaken
    }

    private func report(allowed: Bool, at now: Timestamp) -> RequestLimit {
        RequestLimit(limit: limit, remaining: left + untaken, resetAfter: endsAt - now, allowed: allowed)
    }
}
