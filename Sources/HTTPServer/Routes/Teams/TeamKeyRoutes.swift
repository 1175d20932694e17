import API
import Auth
import Core
import Hummingbird
import Teams

/// The keys by which programs act in a team.
struct TeamKeyRoutes: Sendable {
    let teams: Teams

    func bind(to binder: inout Binder) throws {
        try binder.permitted(TeamKeyEndpoints.list, list)
        try binder.signedIn(TeamKeyEndpoints.create, create)
        try binder.signedIn(TeamKeyEndpoints.update, update)
        try binder.signedIn(TeamKeyEndpoints.delete, delete)
        try binder.signedIn(TeamKeyEndpoints.rotate, rotate)
    }

    @Sendable private func list(
        _ call: Call<TeamPath, ListQuery, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<List<TeamKeyBody>>> {
        let page = try await teams.keys(
            of: call.parameters.team, by: principal, origin: call.origin, page: call.query.pageRequest)
        return Reply(OK(List(page.map(TeamKeyBody.init))))
    }

    @Sendable private func create(
        _ call: Call<TeamPath, Nothing, CreateTeamKeyRequest>, _ principal: Principal
    ) async throws -> Reply<Created<NewTeamKeyBody>> {
        let path = "\(TeamEndpoints.list.traits.path.description)/\(call.parameters.team)/api-keys"
        let shown: @Sendable (NewTeamAPIKey) -> Reply<Created<NewTeamKeyBody>> = { made in
            Reply(Created(NewTeamKeyBody(made.key, secret: made.secret.text), location: "\(path)/\(made.key.id)"))
        }
        let traits = TeamKeyTraits(
            name: call.body.name.text, scopes: Scopes(Set(call.body.scopes.permissions)),
            addressRanges: call.body.addressRanges?.ranges ?? [], expiresAt: call.body.expiresAt)
        return shown(
            try await teams.createKey(
                traits, in: call.parameters.team, by: principal, origin: call.origin, receipt: call.receipt(shown)))
    }

    @Sendable private func update(
        _ call: Call<TeamKeyPath, Nothing, UpdateTeamKeyRequest>, _ principal: Principal
    ) async throws -> Reply<OK<TeamKeyBody>> {
        let changes = TeamKeyChanges(
            name: call.body.name?.text, scopes: call.body.scopes.map { Scopes(Set($0.permissions)) },
            addressRanges: call.body.addressRanges?.ranges, expiresAt: call.body.expiresAt)
        let key = try await teams.updateKey(
            call.parameters.id, with: changes, of: call.parameters.team, by: principal, origin: call.origin)
        return Reply(OK(TeamKeyBody(key)))
    }

    @Sendable private func delete(
        _ call: Call<TeamKeyPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await teams.deleteKey(
            call.parameters.id, of: call.parameters.team, by: principal, origin: call.origin)
        return Reply(NoContent())
    }

    @Sendable private func rotate(
        _ call: Call<TeamKeyPath, Nothing, RotateTeamKeyRequest>, _ principal: Principal
    ) async throws -> Reply<OK<NewTeamKeyBody>> {
        let shown: @Sendable (NewTeamAPIKey) -> Reply<OK<NewTeamKeyBody>> = { rotated in
            Reply(OK(NewTeamKeyBody(rotated.key, secret: rotated.secret.text)))
        }
        return shown(
            try await teams.rotateKey(
                call.parameters.id, of: call.parameters.team, overlap: call.body.overlapSeconds.duration,
                by: principal, origin: call.origin, receipt: call.receipt(shown)))
    }
}
