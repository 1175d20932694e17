import Core

/// The count of tries under one key of a ``ThrottlePolicy``: the decisions, without the store.
///
/// A try is counted before it is known to fail, so tries at the same time never exceed the limit.
struct FailureThrottle: Equatable {
    static let mostTries = 255

    /// When the tries within the window were made, oldest first.
    private(set) var tries: [Timestamp] = []
    private(set) var blockedUntil: Timestamp?
    /// How many waits were begun; 0 before the limit is reached.
    private(set) var level: UInt8 = 0
    private(set) var lastTry: Timestamp?

    init() {}

    /// Counts a try if one is allowed; a denied one changes nothing.
    mutating func reserve(_ policy: ThrottlePolicy, at now: Timestamp) -> ThrottleDecision {
        forgetWhatIsOver(policy, at: now)
        if let blockedUntil, now < blockedUntil { return .denied(retryAfter: blockedUntil - now) }
        if policy.interval > .zero, let lastTry, now < lastTry + policy.interval {
            return .denied(retryAfter: lastTry + policy.interval - now)
        }
        if level == 0, tries.count >= policy.limit, let oldest = tries.first {
            return .denied(retryAfter: oldest + policy.window - now)
        }
        tries.append(now)
        lastTry = now
        if let waits = policy.waits, level > 0 || tries.count >= policy.limit {
            level = min(level + 1, Self.highestLevel)
            blockedUntil = now + min(waits.longest, waits.first * (1 << (Int(level) - 1)))
            tries = []
        }
        return .allowed
    }

    /// Takes back what a try that succeeded counted.
    mutating func release(_ policy: ThrottlePolicy) {
        switch policy.release {
        case .forgetsAll: self = FailureThrottle()
        case .returnsOne:
            _ = tries.popLast()
            // A wait that has begun goes on.
            if level == 0 { lastTry = tries.last }
        }
    }

    /// When nothing of it matters any more.
    func endsAt(_ policy: ThrottlePolicy) -> Timestamp {
        let last = lastTry ?? Timestamp(microseconds: 0)
        return last + max(level > 0 ? policy.waits?.forgottenAfter ?? .zero : .zero, policy.window, policy.interval)
    }

    /// Waits reach any longest one well before: 2^16 times the first.
    private static let highestLevel: UInt8 = 17

    private mutating func forgetWhatIsOver(_ policy: ThrottlePolicy, at now: Timestamp) {
        if endsAt(policy) <= now { self = FailureThrottle() }
        tries.removeAll { $0 + policy.window <= now }
    }
}

extension FailureThrottle {
    private static let version: UInt8 = 1

    /// Version, level, the two times (0 for none) and the tries, 8 bytes each in network order.
    var encoded: [UInt8] {
        let times = [blockedUntil, lastTry].map { $0?.microseconds ?? 0 } + tries.map(\.microseconds)
        return [Self.version, level]
            + times.flatMap { time in
                (0..<8).map { UInt8(truncatingIfNeeded: UInt64(bitPattern: time) >> (56 - 8 * UInt64($0))) }
            }
    }

    /// Nil for what ``encoded`` does not make.
    init?(encoded bytes: [UInt8]) {
        guard bytes.count >= 18, (bytes.count - 2).isMultiple(of: 8), bytes[0] == Self.version,
            bytes[1] <= Self.highestLevel
        else { return nil }
        let times = stride(from: 2, to: bytes.count, by: 8).map { start in
            Int64(bitPattern: bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        }
        level = bytes[1]
        blockedUntil = times[0] == 0 ? nil : Timestamp(microseconds: times[0])
        lastTry = times[1] == 0 ? nil : Timestamp(microseconds: times[1])
        tries = times.dropFirst(2).map(Timestamp.init(microseconds:))
    }
}
