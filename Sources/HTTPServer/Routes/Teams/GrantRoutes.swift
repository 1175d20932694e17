import API
import Auth
import Core
import Hummingbird
import Persistence
import Teams

/// Permissions on single things of a team.
struct GrantRoutes: Sendable {
    let teams: Teams

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(GrantEndpoints.list, list)
        try binder.signedIn(GrantEndpoints.create, create)
        try binder.signedIn(GrantEndpoints.remove, remove)
    }

    @Sendable private func list(
        _ call: Call<TeamPath, GrantQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<GrantBody>>> {
        let filter = TeamGrantFilter(
            type: call.query.resourceType.map { ResourceType(rawValue: $0.text) }, item: call.query.resourceID?.text)
        let page = try await teams.grants(
            of: call.parameters.team, matching: filter, by: principal, origin: call.origin,
            page: call.query.pageRequest)
        return Reply(OK(List(page.map(GrantBody.init))))
    }

    @Sendable private func create(
        _ call: Call<TeamPath, Nothing, CreateGrantRequest>, _ principal: Principal
    ) async throws -> Reply<Created<GrantBody>> {
        let path = "\(TeamEndpoints.list.traits.path.description)/\(call.parameters.team)/grants"
        let shown: @Sendable (TeamGrant) -> Reply<Created<GrantBody>> = { grant in
            Reply(Created(GrantBody(grant), location: "\(path)/\(grant.id)"))
        }
        do {
            return shown(
                try await teams.grant(
                    call.body.grant, to: call.body.who(), in: call.parameters.team, by: principal, origin: call.origin,
                    receipt: call.receipt(shown)))
        } catch let error as ValidationError {
            throw ProblemError(.validationFailed, errors: [error])
        } catch TeamError.notMember {
            throw ProblemError(
                .validationFailed, errors: [ValidationError(pointer: "/subject/user_id", .invalid(.member))])
        } catch TeamError.unknownRole {
            throw ProblemError(.validationFailed, errors: [ValidationError(pointer: "/subject/role", .invalid(.role))])
        }
    }

    @Sendable private func remove(
        _ call: Call<GrantPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await teams.removeGrant(
            call.parameters.grant, from: call.parameters.team, by: principal, origin: call.origin,
            if: call.expects { OK(GrantBody($0)) })
        return Reply(NoContent())
    }
}
