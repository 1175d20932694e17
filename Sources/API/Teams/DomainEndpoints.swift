import Core

/// Domains of teams, whose people may join by themselves.
public enum DomainEndpoints {
    public static let list = Endpoint<TeamPath, ListQuery, Nothing, OK<List<DomainBody>>>(
        .get, "/api/v1/teams/{team}/domains", id: "listDomains", tag: TeamEndpoints.tag,
        summary: "Lists the domains of a team, newest first.", authentication: .permitted(.teamRead),
        errors: TeamEndpoints.conditions + [.invalidCursor])

    public static let create = Endpoint<TeamPath, Nothing, CreateDomainRequest, Created<DomainBody>>(
        .post, "/api/v1/teams/{team}/domains", id: "createDomain", tag: TeamEndpoints.tag,
        summary: "Says that a domain is the team's own, and gets the record to prove it by within a week.",
        authentication: .permitted(.teamWrite),
        errors: TeamEndpoints.conditions + [.roleTooHigh, .domainExists, .limitReached])

    public static let remove = Endpoint<DomainPath, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/teams/{team}/domains/{id}", id: "removeDomain", tag: TeamEndpoints.tag,
        summary: "Takes a domain away: nobody joins by it any more. Members stay.",
        authentication: .permitted(.teamWrite), errors: TeamEndpoints.conditions
    ) {
        $0.entityTag = .none
    }

    public static let verify = Endpoint<
        DomainPath, Nothing, VerifyDomainRequest, Either<OK<DomainBody>, Accepted<LinkSentResponse>>
    >(
        .post, "/api/v1/teams/{team}/domains/{id}/verify", id: "verifyDomain", tag: TeamEndpoints.tag,
        summary: "Looks for the record now, or mails a link to the domain's postmaster.",
        authentication: .permitted(.teamWrite),
        errors: TeamEndpoints.conditions + [.recordMissing, .domainTaken, .domainExpired, .rateLimited])

    public static let confirm = Endpoint<Nothing, Nothing, MailedTokenRequest, NoContent>(
        .post, "/api/v1/domains/verify", id: "confirmDomain", tag: TeamEndpoints.tag,
        summary: "Proves a domain by the token that was mailed to its postmaster.", authentication: .none,
        errors: [.invalidToken, .tokenExpired, .domainTaken]
    ) {
        $0.bodyLimit = .authentication
    }

    public static let joinable = Endpoint<Nothing, Nothing, Nothing, OK<List<JoinableTeamBody>>>(
        .get, "/api/v1/users/me/joinable-teams", id: "listJoinableTeams", tag: "users",
        summary: "Lists the teams that are open to the own proven address by its domain.",
        authentication: .permitted(.usersRead))

    public static let join = Endpoint<TeamPath, Nothing, Nothing, OK<TeamBody>>(
        .post, "/api/v1/teams/{team}/join", id: "joinTeam", tag: TeamEndpoints.tag,
        summary: "Makes the caller, whose proven address is at a domain of the team, a member.",
        authentication: .session,
        errors: TeamEndpoints.conditions + [.alreadyMember, .upgradeRequired, .impersonating]
    ) {
        $0.acceptsEmptyBody = true
    }

    public static let all: [any DescribedEndpoint] = [list, create, remove, verify, confirm, joinable, join]
}
