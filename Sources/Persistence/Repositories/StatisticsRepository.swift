public import Core

/// What is counted over all tenants. Only the system may ask.
public protocol StatisticsRepository: Sendable {
    /// How the installation stands at `time`, in one round trip that costs the same however much there is.
    func counts(at time: Timestamp) async throws -> InstallationCounts
}

/// How many there are of what.
public struct InstallationCounts: Sendable, Equatable {
    /// Where counting ends: one that reaches it is at least that.
    public static let most = 100_000

    /// Accounts that are not purged.
    public let accounts: Int
    /// Those of whom an own session was used within so long.
    public let seenWithinDay: Int
    public let seenWithinWeek: Int
    public let seenWithinMonth: Int
    /// Whether the four above were worked out from a part of the accounts, as they are where there are many.
    public let isEstimate: Bool
    /// Up to ``most``, as the following.
    public let suspended: Int
    public let pendingDeletion: Int
    /// Jobs that wait for their time or a worker.
    public let waitingJobs: Int
    public let parkedJobs: Int

    public init(
        accounts: Int, seenWithinDay: Int, seenWithinWeek: Int, seenWithinMonth: Int, isEstimate: Bool, suspended: Int,
        pendingDeletion: Int, waitingJobs: Int, parkedJobs: Int
    ) {
        self.accounts = accounts
        self.seenWithinDay = seenWithinDay
        self.seenWithinWeek = seenWithinWeek
        self.seenWithinMonth = seenWithinMonth
        self.isEstimate = isEstimate
        self.suspended = suspended
        self.pendingDeletion = pendingDeletion
        self.waitingJobs = waitingJobs
        self.parkedJobs = parkedJobs
    }

    /// Within how long somebody was seen, in this order: 1, 7 and 30 days.
    public static let windows: [Duration] = [.days(1), .days(7), .days(30)]
}
