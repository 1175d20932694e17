/// When each phase of a shutdown begins, counted from the signal. Pure.
package struct ShutdownPhases: Sendable, Equatable {
    /// How long the server still answers as if nothing were, so that load balancers notice that it is not ready.
    package let delay: Duration
    /// When what still runs is cancelled.
    package let cancelAfter: Duration
    /// When the process ends, whatever hangs.
    package let exitAfter: Duration

    /// - Parameter delay: at most `cancelAfter`.
    package init(
        delay: Duration = .zero,
        cancelAfter: Duration = .seconds(20),
        exitAfter: Duration = .seconds(25)
    ) {
        self.delay = min(delay, cancelAfter)
        self.cancelAfter = cancelAfter
        self.exitAfter = max(exitAfter, cancelAfter)
    }

    /// How long after the signal `phase` begins.
    package func start(of phase: ShutdownPhase) -> Duration {
        switch phase {
        case .serving, .draining: .zero
        case .ending: delay
        case .cancelling: cancelAfter
        case .exiting: exitAfter
        }
    }

    /// The phase at a time after the signal.
    package func phase(after elapsed: Duration) -> ShutdownPhase {
        ShutdownPhase.allCases.last { start(of: $0) <= elapsed } ?? .draining
    }
}
