import API
import Auth
import Core
import Jobs

/// The jobs, for administrators.
struct JobRoutes: Sendable {
    let jobs: JobAdministration
    let time: TimeSource

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(JobEndpoints.list, list)
        try binder.signedIn(JobEndpoints.retry, retry)
        try binder.signedIn(JobEndpoints.cancel, cancel)
    }

    @Sendable private func list(
        _ call: Call<Nothing, JobListQuery, Nothing>, _: Principal
    ) async throws -> Reply<OK<List<JobBody>>> {
        let state = call.query.state.flatMap { JobState(rawValue: $0.rawValue) }
        let page = try await jobs.list(state: state, name: call.query.name?.text, page: call.query.pageRequest)
        return Reply(OK(List(page.map(JobBody.init))))
    }

    @Sendable private func retry(
        _ call: Call<JobPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<JobBody>> {
        try principal.requireAdministrator(at: time.now())
        let record = try await jobs.retry(call.parameters.id, by: principal.user.id, origin: call.origin)
        guard let record else { throw ProblemError(.notFound) }
        return Reply(OK(JobBody(record)))
    }

    @Sendable private func cancel(
        _ call: Call<JobPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try principal.requireAdministrator(at: time.now())
        guard try await jobs.cancel(call.parameters.id, by: principal.user.id, origin: call.origin) != nil else {
            throw ProblemError(.notFound)
        }
        return Reply(NoContent())
    }
}
