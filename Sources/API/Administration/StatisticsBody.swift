/// How the installation stands.
public struct StatisticsBody: Codable, Sendable, Equatable {
    public struct Accounts: Codable, Sendable, Equatable {
        /// Whose data is not erased.
        public let total: Int
        /// Those who were signed in and used it within 24 hours.
        public let seenWithinDay: Int
        /// … within 7 days.
        public let seenWithinWeek: Int
        /// … within 30 days.
        public let seenWithinMonth: Int
        /// Whether the numbers above were worked out from a part of the accounts, as they are where there are many.
        public let isEstimate: Bool
        /// Counted to 100,000, as all that follow.
        public let suspended: Int
        public let pendingDeletion: Int

        public init(
            total: Int, seenWithinDay: Int, seenWithinWeek: Int, seenWithinMonth: Int, isEstimate: Bool,
            suspended: Int, pendingDeletion: Int
        ) {
            self.total = total
            self.seenWithinDay = seenWithinDay
            self.seenWithinWeek = seenWithinWeek
            self.seenWithinMonth = seenWithinMonth
            self.isEstimate = isEstimate
            self.suspended = suspended
            self.pendingDeletion = pendingDeletion
        }

        private enum CodingKeys: String, CodingKey {
            case total
            case seenWithinDay = "seen_within_day"
            case seenWithinWeek = "seen_within_week"
            case seenWithinMonth = "seen_within_month"
            case isEstimate = "is_estimate"
            case suspended
            case pendingDeletion = "pending_deletion"
        }
    }

    public struct Jobs: Codable, Sendable, Equatable {
        /// For their time, or a worker.
        public let waiting: Int
        /// Failed for good.
        public let parked: Int

        public init(waiting: Int, parked: Int) {
            self.waiting = waiting
            self.parked = parked
        }
    }

    public let accounts: Accounts
    public let jobs: Jobs

    public init(accounts: Accounts, jobs: Jobs) {
        self.accounts = accounts
        self.jobs = jobs
    }
}
