import API
import Auth
import Core
import Hummingbird
import Teams

/// Teams, what they ask of their members, and whose they are.
struct TeamRoutes: Sendable {
    let teams: Teams

    func bind(to binder: inout Binder) throws {
        try binder.permitted(TeamEndpoints.list, list)
        try binder.signedIn(TeamEndpoints.create, create)
        try binder.permitted(TeamEndpoints.show, show)
        try binder.permitted(TeamEndpoints.update, update)
        try binder.signedIn(TeamEndpoints.delete, delete)
        try binder.permitted(TeamEndpoints.permissions, permissions)
        try binder.permitted(TeamEndpoints.settings, settings)
        try binder.permitted(TeamEndpoints.setSettings, setSettings)
        try binder.signedIn(TeamEndpoints.transferOwnership, transferOwnership)
        try binder.signedIn(TeamEndpoints.leave, leave)
    }

    @Sendable private func list(
        _ call: Call<Nothing, ListQuery, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<List<TeamBody>>> {
        let page = try await teams.list(of: principal, page: call.query.pageRequest)
        return Reply(OK(List(page.map(TeamBody.init))))
    }

    @Sendable private func create(
        _ call: Call<Nothing, Nothing, CreateTeamRequest>, _ principal: Principal
    ) async throws -> Reply<Created<TeamBody>> {
        let path = TeamEndpoints.list.traits.path.description
        let shown: @Sendable (TeamAccess) -> Reply<Created<TeamBody>> = { made in
            Reply(Created(TeamBody(made), location: "\(path)/\(made.team.id)"))
        }
        return shown(
            try await teams.create(
                name: call.body.name, slug: call.body.slug, by: principal, origin: call.origin,
                receipt: call.receipt(shown)))
    }

    @Sendable private func show(
        _ call: Call<TeamPath, Nothing, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<TeamBody>> {
        Reply(OK(TeamBody(try await teams.find(call.parameters.team, by: principal, origin: call.origin))))
    }

    @Sendable private func update(
        _ call: Call<TeamPath, Nothing, UpdateTeamRequest>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<TeamBody>> {
        let access = try await teams.update(
            call.parameters.team, name: call.body.name, slug: call.body.slug, by: principal, origin: call.origin,
            if: call.expects { OK(TeamBody($0)) })
        return Reply(OK(TeamBody(access)))
    }

    @Sendable private func delete(
        _ call: Call<TeamPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await teams.delete(
            call.parameters.team, by: principal, origin: call.origin, if: call.expects { OK(TeamBody($0)) })
        return Reply(NoContent())
    }

    @Sendable private func permissions(
        _ call: Call<TeamPath, Nothing, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<TeamPermissionsBody>> {
        let access = try await teams.find(call.parameters.team, by: principal, origin: call.origin)
        return Reply(OK(TeamPermissionsBody(role: access.member?.role.id, permissions: access.permissions)))
    }

    @Sendable private func settings(
        _ call: Call<TeamPath, Nothing, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<TeamSettingsBody>> {
        let access = try await teams.find(call.parameters.team, by: principal, origin: call.origin)
        return Reply(OK(TeamSettingsBody(access.team.settings)))
    }

    @Sendable private func setSettings(
        _ call: Call<TeamPath, Nothing, TeamSettingsBody>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<TeamSettingsBody>> {
        let access = try await teams.setSettings(
            of: call.parameters.team, to: call.body.settings, by: principal, origin: call.origin,
            if: call.expects { OK(TeamSettingsBody($0.team.settings)) })
        return Reply(OK(TeamSettingsBody(access.team.settings)))
    }

    @Sendable private func transferOwnership(
        _ call: Call<TeamPath, Nothing, TransferOwnershipRequest>, _ principal: Principal
    ) async throws -> Reply<OK<TeamBody>> {
        let shown: @Sendable (TeamAccess) -> Reply<OK<TeamBody>> = { Reply(OK(TeamBody($0))) }
        return shown(
            try await teams.transferOwnership(
                of: call.parameters.team, to: call.body.userID, by: principal, origin: call.origin,
                receipt: call.receipt(shown)))
    }

    @Sendable private func leave(
        _ call: Call<TeamPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        let done = Reply(NoContent())
        try await teams.leave(
            call.parameters.team, by: principal, origin: call.origin, receipt: call.receipt { done })
        return done
    }
}

extension TeamBody {
    init(_ access: TeamAccess) {
        self.init(access.team, role: access.member?.role.id)
    }
}
