import Core

/// Offers to join a team.
public enum InvitationEndpoints {
    public static let list = Endpoint<TeamPath, ListQuery, Nothing, OK<List<InvitationBody>>>(
        .get, "/api/v1/teams/{team}/invitations", id: "listInvitations", tag: TeamEndpoints.tag,
        summary: "Lists the invitations of a team, newest first, ended ones too.",
        authentication: .permitted(.invitationsRead), errors: TeamEndpoints.conditions + [.invalidCursor])

    public static let create = Endpoint<
        TeamPath, Nothing, CreateInvitationRequest,
        Either<Created<InvitationBody>, Either<Created<InvitationReportBody>, Created<NewInvitationLinkBody>>>
    >(
        .post, "/api/v1/teams/{team}/invitations", id: "createInvitation", tag: TeamEndpoints.tag,
        summary: "Invites one address, many, or whoever has a link that is shown this once.",
        authentication: .permitted(.invitationsWrite),
        errors: TeamEndpoints.conditions + [
            .roleTooHigh, .alreadyMember, .alreadyInvited, .upgradeRequired, .limitReached, .rateLimited,
        ])

    public static let revoke = Endpoint<InvitationPath, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/teams/{team}/invitations/{id}", id: "revokeInvitation", tag: TeamEndpoints.tag,
        summary: "Takes an invitation back, which frees its seat.", authentication: .permitted(.invitationsWrite),
        errors: TeamEndpoints.conditions + [.invitationUnavailable]
    ) {
        $0.entityTag = .none
    }

    public static let resend = Endpoint<InvitationPath, Nothing, Nothing, Accepted<LinkSentResponse>>(
        .post, "/api/v1/teams/{team}/invitations/{id}/resend", id: "resendInvitation", tag: TeamEndpoints.tag,
        summary: "Mails an invitation once more, with another link; the one before works no longer.",
        authentication: .permitted(.invitationsWrite),
        errors: TeamEndpoints.conditions + [
            .roleTooHigh, .invitationUnavailable, .alreadyMember, .alreadyInvited, .upgradeRequired, .rateLimited,
        ]
    ) {
        $0.acceptsEmptyBody = true
    }

    public static let show = Endpoint<InvitationTokenPath, Nothing, Nothing, OK<PublicInvitationBody>>(
        .get, "/api/v1/invitations/{token}", id: "getInvitation", tag: TeamEndpoints.tag,
        summary: "Shows what whoever has its token may know of an invitation; takes nothing.", authentication: .none,
        errors: [.invitationUnavailable])

    public static let accept = Endpoint<InvitationTokenPath, Nothing, Nothing, OK<AcceptedInvitationBody>>(
        .post, "/api/v1/invitations/{token}/accept", id: "acceptInvitation", tag: TeamEndpoints.tag,
        summary: "Makes the caller, whose proven address is the invited one, a member.", authentication: .session,
        errors: [.invitationUnavailable, .emailMismatch, .emailNotVerified, .upgradeRequired, .impersonating]
    ) {
        $0.acceptsEmptyBody = true
    }

    public static let decline = Endpoint<InvitationTokenPath, Nothing, Nothing, NoContent>(
        .post, "/api/v1/invitations/{token}/decline", id: "declineInvitation", tag: TeamEndpoints.tag,
        summary: "Declines an invitation to an address, which frees its seat.", authentication: .none,
        errors: [.invitationUnavailable]
    ) {
        $0.acceptsEmptyBody = true
        $0.bodyLimit = .authentication
    }

    public static let mine = Endpoint<Nothing, Nothing, Nothing, OK<List<OwnInvitationBody>>>(
        .get, "/api/v1/users/me/invitations", id: "listOwnInvitations", tag: "users",
        summary: "Lists the open invitations to the own proven address, first expiring first.",
        authentication: .permitted(.usersRead))

    public static let all: [any DescribedEndpoint] = [list, create, revoke, resend, show, accept, decline, mine]
}
