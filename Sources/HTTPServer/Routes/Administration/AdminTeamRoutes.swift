import API
import Auth
import Core
import Hummingbird
import Persistence
import Teams

/// All teams, for administrators.
struct AdminTeamRoutes: Sendable {
    let teams: Teams

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(AdminTeamEndpoints.list, list)
        try binder.signedIn(AdminTeamEndpoints.show, show)
    }

    @Sendable private func list(
        _ call: Call<Nothing, AdminTeamListQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<AdminTeamBody>>> {
        let filter = call.query.q.map { text in
            text.id.map { TeamFilter.id($0) } ?? .prefix(text.prefix)
        }
        let page = try await teams.listAll(
            matching: filter ?? .everything, by: principal, page: call.query.pageRequest)
        return Reply(OK(List(page.map(AdminTeamBody.init))))
    }

    @Sendable private func show(
        _ call: Call<TeamPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<AdminTeamBody>> {
        Reply(OK(AdminTeamBody(try await teams.overview(of: call.parameters.team, by: principal))))
    }
}
