import API
import Auth
import Core
import Hummingbird
import Teams

/// Who is in a team, and as what.
struct MemberRoutes: Sendable {
    let teams: Teams

    func bind(to binder: inout Binder) throws {
        try binder.permitted(MemberEndpoints.list, list)
        try binder.permitted(MemberEndpoints.setRole, setRole)
        try binder.permitted(MemberEndpoints.remove, remove)
    }

    @Sendable private func list(
        _ call: Call<TeamPath, ListQuery, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<List<MemberBody>>> {
        let page = try await teams.members(
            of: call.parameters.team, by: principal, origin: call.origin, page: call.query.pageRequest)
        return Reply(OK(List(page.map(MemberBody.init))))
    }

    @Sendable private func setRole(
        _ call: Call<MemberPath, Nothing, SetRoleRequest>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<MemberBody>> {
        let member = try await teams.setRole(
            call.body.role, of: call.parameters.user, in: call.parameters.team, by: principal, origin: call.origin,
            if: call.expects { OK(MemberBody($0)) })
        return Reply(OK(MemberBody(member)))
    }

    @Sendable private func remove(
        _ call: Call<MemberPath, Nothing, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<NoContent> {
        try await teams.remove(
            call.parameters.user, from: call.parameters.team, by: principal, origin: call.origin,
            if: call.expects { OK(MemberBody($0)) })
        return Reply(NoContent())
    }
}
