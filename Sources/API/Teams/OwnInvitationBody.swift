public import Core

/// An invitation as the person sees it whom it is for. It is taken by the link in its mail.
public struct OwnInvitationBody: Codable, Sendable, Equatable {
    public let id: ID<Invitation>
    public let team: PublicInvitationBody.TeamName
    /// Null once that account is gone.
    public let inviter: PublicInvitationBody.Inviter?
    public let role: RoleID
    public let expiresAt: Timestamp
    public let createdAt: Timestamp

    public init(_ seen: InvitationSeen) {
        let shown = PublicInvitationBody(seen)
        id = seen.invitation.id
        team = shown.team
        inviter = shown.inviter
        role = seen.invitation.role
        expiresAt = seen.invitation.expiresAt
        createdAt = seen.invitation.createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case team
        case inviter
        case role
        case expiresAt = "expires_at"
        case createdAt = "created_at"
    }
}
