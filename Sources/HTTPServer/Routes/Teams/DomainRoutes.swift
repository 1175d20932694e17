import API
import Auth
import Core
import Hummingbird
import Teams

/// Domains of teams, whose people may join by themselves.
struct DomainRoutes: Sendable {
    typealias Verified = Either<OK<DomainBody>, Accepted<LinkSentResponse>>

    let teams: Teams
    let time: TimeSource

    func bind(to binder: inout Binder) throws {
        try binder.signedIn(DomainEndpoints.list, list)
        try binder.signedIn(DomainEndpoints.create, create)
        try binder.signedIn(DomainEndpoints.remove, remove)
        try binder.signedIn(DomainEndpoints.verify, verify)
        try binder.open(DomainEndpoints.confirm, confirm)
        try binder.signedIn(DomainEndpoints.joinable, joinable)
        try binder.signedIn(DomainEndpoints.join, join)
    }

    @Sendable private func list(
        _ call: Call<TeamPath, ListQuery, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<DomainBody>>> {
        let page = try await teams.domains(
            of: call.parameters.team, by: principal, origin: call.origin, page: call.query.pageRequest)
        return Reply(OK(List(page.map(body))))
    }

    @Sendable private func create(
        _ call: Call<TeamPath, Nothing, CreateDomainRequest>, _ principal: Principal
    ) async throws -> Reply<Created<DomainBody>> {
        let path = "\(TeamEndpoints.list.traits.path.description)/\(call.parameters.team)/domains"
        let shown: @Sendable (TeamDomain) -> Reply<Created<DomainBody>> = { domain in
            Reply(Created(body(domain), location: "\(path)/\(domain.id)"))
        }
        return shown(
            try await teams.addDomain(
                call.body.domain, joiningAs: call.body.role ?? .member, to: call.parameters.team, by: principal,
                origin: call.origin, receipt: call.receipt(shown)))
    }

    @Sendable private func remove(
        _ call: Call<DomainPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<NoContent> {
        try await teams.removeDomain(call.parameters.id, from: call.parameters.team, by: principal, origin: call.origin)
        return Reply(NoContent())
    }

    @Sendable private func verify(
        _ call: Call<DomainPath, Nothing, VerifyDomainRequest>, _ principal: Principal
    ) async throws -> Reply<Verified> {
        let (id, team, origin) = (call.parameters.id, call.parameters.team, call.origin)
        switch call.body.method {
        case .dns:
            let shown: @Sendable (TeamDomain) -> Reply<Verified> = { Reply(.first(OK(body($0)))) }
            return shown(
                try await teams.verifyDomainByRecord(
                    id, of: team, by: principal, origin: origin, receipt: call.receipt(shown)))
        case .email:
            let shown: @Sendable (TeamDomain?) -> Reply<Verified> = { proven in
                proven.map { Reply(.first(OK(body($0)))) } ?? Reply(.second(Accepted(LinkSentResponse())))
            }
            return shown(
                try await teams.mailDomainLink(
                    id, of: team, by: principal, origin: origin, receipt: call.receipt(shown)))
        }
    }

    @Sendable private func confirm(
        _ call: Call<Nothing, Nothing, MailedTokenRequest>
    ) async throws -> Reply<NoContent> {
        let done = Reply(NoContent())
        try await teams.confirmDomain(call.body.token.text, origin: call.origin, receipt: call.receipt { done })
        return done
    }

    @Sendable private func joinable(
        _: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<JoinableTeamBody>>> {
        Reply(OK(List(try await teams.joinableTeams(for: principal).map(JoinableTeamBody.init))))
    }

    @Sendable private func join(
        _ call: Call<TeamPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<TeamBody>> {
        let shown: @Sendable (TeamAccess) -> Reply<OK<TeamBody>> = { Reply(OK(TeamBody($0))) }
        return shown(
            try await teams.join(
                call.parameters.team, by: principal, origin: call.origin, receipt: call.receipt(shown)))
    }

    private func body(_ domain: TeamDomain) -> DomainBody {
        DomainBody(domain, challenge: teams.challenge, at: time.now())
    }
}
