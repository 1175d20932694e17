import Auth
import Core
import Integrations
import Jobs
import Persistence
import PersistencePostgreSQL
import Teams
import Webhooks

/// What has to be done now and then so that nothing lies around longer than it should: once for all instances, as jobs.
struct Housekeeping: Sendable {
    /// How long a mailed token is answered with "expired" instead of "unknown".
    private static let expiredTokenRetention = Duration.days(7)
    /// How long jobs that are done can still be looked at, and how long those that nobody looked after.
    private static let finishedJobRetention = Duration.days(1)
    private static let parkedJobRetention = Duration.days(90)

    /// How long a file may be written to.
    private static let abandonedFileRetention = Duration.days(1)

    /// Clocks differ, and a unit of work may wait for a lock: what is spent stays known for longer than it would be good.
    private static let spentChallengeMargin = Duration.minutes(10)
    /// How long people can look back.
    private static let notificationRetention = Duration.days(90)
    /// How long a team can see what became of those it invited.
    private static let invitationRetention = Duration.days(90)
    /// How long a team can see which domains it did not prove in time.
    private static let domainRetention = Duration.days(30)
    /// How long sessions that are over stay in a person's export.
    private static let sessionRetention = Duration.days(90)

    /// One kind of work.
    struct Task: JobParameters {
        static let jobName = "housekeeping"
        static let jobQueue = "housekeeping"

        enum Kind: String, Codable, CaseIterable {
            case refreshSuccessors = "refresh_successors"
            case oneTimeTokens = "one_time_tokens"
            case spentChallenges = "spent_challenges"
            case idempotencyRecords = "idempotency_records"
            case keyValues = "key_values"
            case endedJobs = "ended_jobs"
            case auditPartitions = "audit_partitions"
            case abandonedFiles = "abandoned_files"
            case notifications
            case sessions
            case purges
            case exports
            case invitations
            case teamDomains = "team_domains"
            case domainChecks = "domain_checks"
            case webhookDeliveries = "webhook_deliveries"

            var schedule: Schedule {
                switch self {
                case .refreshSuccessors: .every(.seconds(10))
                case .oneTimeTokens, .spentChallenges, .idempotencyRecords, .keyValues: .every(.minutes(1))
                case .endedJobs, .purges, .exports, .domainChecks: .every(.hours(1))
                case .auditPartitions, .abandonedFiles, .notifications, .sessions, .invitations, .teamDomains,
                    .webhookDeliveries:
                    .every(.days(1))
                }
            }
        }

        let kind: Kind
    }

    let database: PostgresDatabase
    let accounts: Accounts
    let teams: Teams
    let exports: Exports
    let objects: DiskObjectStore
    let webhooks: OutboundWebhooks
    let time: TimeSource

    /// All of it, by name.
    static var schedules: [ScheduledJob] {
        Task.Kind.allCases.map { ScheduledJob("housekeeping.\($0.rawValue)", $0.schedule, Task(kind: $0)) }
    }

    func add(to handlers: inout JobHandlers) {
        handlers.handle(Task.self) { task, _ in try await perform(task.kind) }
    }

    private func perform(_ kind: Task.Kind) async throws {
        let (store, now) = (database.scoped(.system), time.now())
        switch kind {
        case .refreshSuccessors:
            _ = try await store.sessions.eraseSealedSuccessors(rotatedBefore: now - RefreshDecision.repeatWindow)
        case .oneTimeTokens:
            _ = try await store.oneTimeTokens.removeExpired(before: now - Self.expiredTokenRetention)
        case .spentChallenges:
            _ = try await store.spentChallenges.removeExpired(before: now - Self.spentChallengeMargin)
        case .idempotencyRecords:
            _ = try await store.idempotency.removeExpired(before: now)
        case .keyValues:
            try await database.keyValues.removeExpired(before: now)
        case .endedJobs:
            let queue = database.jobQueue
            _ = try await queue.removeEnded([.finished, .cancelled], before: now - Self.finishedJobRetention)
            _ = try await queue.removeEnded([.parked], before: now - Self.parkedJobRetention)
        case .auditPartitions:
            try await database.ensureAuditPartitions(at: now)
        case .notifications:
            _ = try await store.notifications.remove(createdBefore: now - Self.notificationRetention)
        case .sessions:
            _ = try await store.sessions.remove(expiredBefore: now - Self.sessionRetention)
        case .purges:
            try await accounts.purgeDue()
        case .invitations:
            try await teams.sweepInvitations(retention: Self.invitationRetention)
        case .teamDomains:
            try await teams.sweepDomains(retention: Self.domainRetention)
        case .domainChecks:
            try await teams.checkDomains()
        case .exports:
            try await exports.removeOver()
        case .webhookDeliveries:
            try await webhooks.removeOldDeliveries()
        case .abandonedFiles:
            // Those of this machine; each instance with a directory of its own finds the job in turn.
            try await objects.removeAbandoned(olderThan: Self.abandonedFileRetention)
        }
    }
}
