import API
import Auth
import Core
import Hummingbird
import Teams

/// The roles that members of a team may have.
struct RoleRoutes: Sendable {
    let teams: Teams

    func bind(to binder: inout Binder) throws {
        try binder.permitted(RoleEndpoints.list, list)
        try binder.permitted(RoleEndpoints.create, create)
        try binder.permitted(RoleEndpoints.update, update)
        try binder.permitted(RoleEndpoints.remove, remove)
    }

    @Sendable private func list(
        _ call: Call<TeamPath, Nothing, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<List<RoleBody>>> {
        let roles = try await teams.roles(of: call.parameters.team, by: principal, origin: call.origin)
        return Reply(OK(List(RoleBody.builtInRoles + roles.map { RoleBody($0) })))
    }

    @Sendable private func create(
        _ call: Call<TeamPath, Nothing, CreateRoleRequest>, _ principal: any TeamPrincipal
    ) async throws -> Reply<Created<RoleBody>> {
        let path = "\(TeamEndpoints.list.traits.path.description)/\(call.parameters.team)/roles"
        let shown: @Sendable (CustomRole) -> Reply<Created<RoleBody>> = { role in
            Reply(Created(RoleBody(role), location: "\(path)/\(role.id)"))
        }
        return shown(
            try await teams.createRole(
                name: call.body.name, permissions: Set(call.body.permissions.permissions), in: call.parameters.team,
                by: principal, origin: call.origin, receipt: call.receipt(shown)))
    }

    @Sendable private func update(
        _ call: Call<RolePath, Nothing, UpdateRoleRequest>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<RoleBody>> {
        let role = try await teams.updateRole(
            call.parameters.role, name: call.body.name, permissions: call.body.permissions.map { Set($0.permissions) },
            in: call.parameters.team, by: principal, origin: call.origin, if: call.expects { OK(RoleBody($0)) })
        return Reply(OK(RoleBody(role)))
    }

    @Sendable private func remove(
        _ call: Call<RolePath, Nothing, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<NoContent> {
        try await teams.removeRole(
            call.parameters.role, from: call.parameters.team, by: principal, origin: call.origin,
            if: call.expects { OK(RoleBody($0)) })
        return Reply(NoContent())
    }
}
