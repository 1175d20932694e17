import Auth
import Core

/// What the acts of teams leave in the audit log. The raw values are part of stored rows.
enum TeamAction: String {
    case teamCreated = "team.created"
    case teamUpdated = "team.updated"
    case teamDeleted = "team.deleted"
    case settingsChanged = "team.settings_changed"
    case avatarChanged = "team.avatar_changed"
    case avatarRemoved = "team.avatar_removed"
    case ownershipTransferred = "team.ownership_transferred"
    case invitationCreated = "invitation.created"
    case invitationLinkCreated = "invitation.link_created"
    case invitationResent = "invitation.resent"
    case invitationAccepted = "invitation.accepted"
    case invitationRevoked = "invitation.revoked"
    case invitationDeclined = "invitation.declined"
    case domainAdded = "domain.added"
    case domainMailed = "domain.mailed"
    case domainVerified = "domain.verified"
    case domainUnverified = "domain.unverified"
    case domainRemoved = "domain.removed"
    case memberJoined = "member.joined"
    case memberLeft = "member.left"
    case memberRemoved = "member.removed"
    case roleChanged = "member.role_changed"
    case roleCreated = "role.created"
    case roleUpdated = "role.updated"
    case roleRemoved = "role.removed"
    case grantCreated = "grant.created"
    case grantDeleted = "grant.deleted"
    case keyCreated = "api_key.created"
    case keyUpdated = "api_key.updated"
    case keyRotated = "api_key.rotated"
    case keyDeleted = "api_key.deleted"
}

/// Who acts in a team and from where, as the audit rows of one act share it.
struct TeamAudit: Sendable {
    let team: ID<Team>
    let principal: any TeamPrincipal
    let origin: RequestOrigin
    let time: Timestamp
    let randomness: Randomness

    /// - Parameter member: The member whom it concerns, in whose own log it stands too.
    func event<Target>(
        _ action: TeamAction, on targetType: String, _ target: ID<Target>, member: ID<User>? = nil,
        changes: [String: String] = [:]
    ) -> AuditEvent {
        principal.author(from: origin)
            .event(
                action.rawValue, of: team, on: targetType, target, member: member, changes: changes,
                id: .make(at: time, randomness: randomness), at: time)
    }

    func event(_ action: TeamAction, changes: [String: String] = [:]) -> AuditEvent {
        event(action, on: "team", team, changes: changes)
    }

    func event(_ action: TeamAction, member: ID<User>, changes: [String: String] = [:]) -> AuditEvent {
        event(action, on: "member", member, member: member, changes: changes)
    }

    func ownershipTransferred(from former: ID<User>, to owner: ID<User>) -> AuditEvent {
        event(
            .ownershipTransferred, on: "team", team, member: owner,
            changes: ["from": former.description, "to": owner.description])
    }
}
