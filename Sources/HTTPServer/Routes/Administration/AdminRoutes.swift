import API
import Auth
import Core
import Hummingbird
import Persistence

/// The installation, for administrators.
struct AdminRoutes: Sendable {
    let accounts: Accounts

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(AdminEndpoints.auditLog, listAuditLog)
        try binder.signedIn(AdminEndpoints.statistics, showStatistics)
    }

    @Sendable private func listAuditLog(
        _ call: Call<Nothing, AdminAuditQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<AuditEventBody>>> {
        let page = try await accounts.auditLog(
            call.query.user.map { .person($0) } ?? .everything, matching: call.query.filter, by: principal,
            page: call.query.pageRequest)
        return Reply(OK(List(page.map(AuditEventBody.init))))
    }

    @Sendable private func showStatistics(
        _ call: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<StatisticsBody>> {
        Reply(OK(StatisticsBody(try await accounts.installationCounts(by: principal))))
    }
}

extension StatisticsBody {
    fileprivate init(_ counts: InstallationCounts) {
        self.init(
            accounts: Accounts(
                total: counts.accounts, seenWithinDay: counts.seenWithinDay, seenWithinWeek: counts.seenWithinWeek,
                seenWithinMonth: counts.seenWithinMonth, isEstimate: counts.isEstimate, suspended: counts.suspended,
                pendingDeletion: counts.pendingDeletion),
            jobs: Jobs(waiting: counts.waitingJobs, parked: counts.parkedJobs))
    }
}
