import API
import Auth
import Core
import Hummingbird
import Teams

/// Offers to join a team.
struct InvitationRoutes: Sendable {
    typealias Made = Either<
        Created<InvitationBody>, Either<Created<InvitationReportBody>, Created<NewInvitationLinkBody>>
    >

    let teams: Teams
    /// What links in mails begin with.
    let baseURL: String
    let time: TimeSource

    func bind(to binder: inout Binder) throws {
        try binder.permitted(InvitationEndpoints.list, list)
        try binder.signedIn(InvitationEndpoints.create, create)
        try binder.permitted(InvitationEndpoints.revoke, revoke)
        try binder.signedIn(InvitationEndpoints.resend, resend)
        try binder.signedIn(InvitationEndpoints.mine, mine)
        try binder.signedIn(InvitationEndpoints.accept, accept)
        try binder.open(InvitationEndpoints.show, show)
        try binder.open(InvitationEndpoints.decline, decline)
    }

    @Sendable private func list(
        _ call: Call<TeamPath, ListQuery, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<OK<List<InvitationBody>>> {
        let page = try await teams.invitations(
            of: call.parameters.team, by: principal, origin: call.origin, page: call.query.pageRequest)
        let now = time.now()
        return Reply(OK(List(page.map { InvitationBody($0, at: now) })))
    }

    @Sendable private func create(
        _ call: Call<TeamPath, Nothing, CreateInvitationRequest>, _ principal: Principal
    ) async throws -> Reply<Made> {
        let (team, role, origin) = (call.parameters.team, call.body.role, call.origin)
        switch try call.body.whom() {
        case .address(let email):
            let shown = self.shown
            return shown(
                try await teams.invite(
                    email, as: role, to: team, by: principal, origin: origin, receipt: call.receipt(shown)))
        case .addresses(let emails):
            let reported = self.reported
            return reported(
                try await teams.invite(
                    emails, as: role, to: team, by: principal, origin: origin, receipt: call.receipt(reported)))
        case .link(let domains, let mostUses):
            let linked = self.linked
            return linked(
                try await teams.createInvitationLink(
                    to: team, as: role, domains: domains, mostUses: mostUses, by: principal, origin: origin,
                    receipt: call.receipt(linked)))
        }
    }

    @Sendable private func revoke(
        _ call: Call<InvitationPath, Nothing, Nothing>, _ principal: any TeamPrincipal
    ) async throws -> Reply<NoContent> {
        try await teams.revoke(call.parameters.id, of: call.parameters.team, by: principal, origin: call.origin)
        return Reply(NoContent())
    }

    @Sendable private func resend(
        _ call: Call<InvitationPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<Accepted<LinkSentResponse>> {
        let done = Reply(Accepted(LinkSentResponse()))
        try await teams.resend(
            call.parameters.id, of: call.parameters.team, by: principal, origin: call.origin,
            receipt: call.receipt { done })
        return done
    }

    @Sendable private func mine(
        _: Call<Nothing, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<List<OwnInvitationBody>>> {
        Reply(OK(List(try await teams.invitations(to: principal).map(OwnInvitationBody.init))))
    }

    @Sendable private func show(
        _ call: Call<InvitationTokenPath, Nothing, Nothing>
    ) async throws -> Reply<OK<PublicInvitationBody>> {
        Reply(OK(PublicInvitationBody(try await teams.invitation(call.parameters.token.text))))
    }

    @Sendable private func accept(
        _ call: Call<InvitationTokenPath, Nothing, Nothing>, _ principal: Principal
    ) async throws -> Reply<OK<AcceptedInvitationBody>> {
        let shown: @Sendable (TeamAccess) -> Reply<OK<AcceptedInvitationBody>> = { access in
            Reply(OK(AcceptedInvitationBody(team: TeamBody(access))))
        }
        return shown(
            try await teams.accept(
                call.parameters.token.text, by: principal, origin: call.origin, receipt: call.receipt(shown)))
    }

    @Sendable private func decline(
        _ call: Call<InvitationTokenPath, Nothing, Nothing>
    ) async throws -> Reply<NoContent> {
        let done = Reply(NoContent())
        try await teams.decline(call.parameters.token.text, origin: call.origin, receipt: call.receipt { done })
        return done
    }
}

// How what was made is shown.
extension InvitationRoutes {
    private var shown: @Sendable (Invitation) -> Reply<Made> {
        { [time] invitation in
            Reply(.first(Created(InvitationBody(invitation, at: time.now()), location: Self.path(of: invitation))))
        }
    }

    private var reported: @Sendable ([InvitationOutcome]) -> Reply<Made> {
        { [time] outcomes in
            let now = time.now()
            let results = outcomes.map { outcome in
                switch outcome {
                case .invited(let invitation):
                    let body = InvitationBody(invitation, at: now)
                    return body.email.map { InvitationReportBody.Result(email: $0, invitation: body, code: nil) }
                case .refused(let email, let error):
                    let code = ProblemError.mapping(error)?.code ?? .internalError
                    return InvitationReportBody.Result(email: email, invitation: nil, code: code)
                }
            }
            return Reply(.second(.first(Created(InvitationReportBody(results.compactMap { $0 })))))
        }
    }

    private var linked: @Sendable (NewInvitationLink) -> Reply<Made> {
        { [time, baseURL] made in
            let url = "\(baseURL)\(Teams.invitationPath)?token=\(made.token)"
            let body = NewInvitationLinkBody(InvitationBody(made.invitation, at: time.now()), url: url)
            return Reply(.second(.second(Created(body, location: Self.path(of: made.invitation)))))
        }
    }

    private static func path(of invitation: Invitation) -> String {
        "\(TeamEndpoints.list.traits.path.description)/\(invitation.teamID)/invitations/\(invitation.id)"
    }
}
