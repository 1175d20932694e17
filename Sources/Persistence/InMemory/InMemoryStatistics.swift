import Core
import Persistence

struct InMemoryStatistics: StatisticsRepository {
    let scope: Scope
    let access: any TableAccess

    func counts(at time: Timestamp) async throws -> InstallationCounts {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            let kept = tables.users.values.filter { $0.isKept(at: time) }.map(\.user)
            let seen = kept.compactMap { tables.lastSeenAt($0.id) }
            func within(_ window: Duration) -> Int { seen.count { $0 > time - window } }
            func jobs(_ state: JobState) -> Int { counted(tables.jobs.values.count { $0.state == state }) }
            return InstallationCounts(
                accounts: kept.count, seenWithinDay: within(.days(1)), seenWithinWeek: within(.days(7)),
                seenWithinMonth: within(.days(30)), isEstimate: false,
                suspended: counted(kept.count { $0.suspendedAt != nil }),
                pendingDeletion: counted(kept.count { $0.deletedAt != nil }), waitingJobs: jobs(.available),
                parkedJobs: jobs(.parked))
        }
    }

    private func counted(_ count: Int) -> Int { min(count, InstallationCounts.most) }
}
