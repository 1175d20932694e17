/// Who may do what. Pure: everything it depends on is handed in.
///
/// - A person may do everything to their own account and things.
/// - A member may do in their team what their role allows, and to one thing of it what was granted on that thing.
/// - What belongs to anybody else does not exist for them.
/// - A superuser may do everything everywhere, but only in a session: no API key carries that.
/// - An API key may do nothing beyond its scopes, an account on its way to deletion nothing at all. The few acts that
///   such an account still has (coming back, export, sign-out) are not asked about here.
public enum Policy {
    /// May `subject` do this to `resource`?
    public static func decide(
        _ permission: Permission, on resource: Resource, by subject: AccessSubject
    ) -> AccessDecision {
        if subject.isPendingDeletion { return .forbidden(.pendingDeletion) }
        if subject.mayDoEverything { return .allowed }
        // Before the reasons, so that none of them tells a stranger that the thing is there.
        guard subject.belongs(to: resource.owner) else { return .hidden }
        if let scopes = subject.scopes, !scopes.permissions.contains(permission) { return .forbidden(.outOfScope) }
        return subject.holds(permission, on: resource) ? .allowed : .forbidden(.missingPermission)
    }

    /// May `subject` give, edit or take away these roles in a team, by this permission?
    ///
    /// - Parameters:
    ///   - permission: What the act needs: `members:write` for the role of a member, `invitations:write`, `roles:write`.
    ///   - roles: All that the act touches: to change a role, the old one and the new one. For a grant on one thing,
    ///     or an API key of the team, the custom role of the permissions in it.
    public static func decide(
        _ permission: Permission, managing roles: [TeamRole], in team: ID<Team>, by subject: AccessSubject
    ) -> AccessDecision {
        let decision = decide(permission, on: .team(team), by: subject)
        guard decision == .allowed else { return decision }
        return roles.allSatisfy(subject.mayManage) ? .allowed : .forbidden(.roleTooHigh)
    }
}

extension AccessSubject {
    fileprivate var mayDoEverything: Bool { isSuperuser && scopes == nil }

    fileprivate func belongs(to owner: Resource.Owner) -> Bool {
        switch owner {
        case .user(let id): id == userID
        case .team(let id): id == membership?.teamID
        }
    }

    /// For an owner that the subject belongs to.
    fileprivate func holds(_ permission: Permission, on resource: Resource) -> Bool {
        guard case .team = resource.owner else { return true }
        guard let membership, !permission.isPersonal else { return false }
        if membership.role.permissions.contains(permission) { return true }
        return resource.item.map { membership.grants.contains(ResourceGrant(permission, on: $0)) } ?? false
    }

    /// An API key hands on no more than it has itself.
    fileprivate func mayManage(_ role: TeamRole) -> Bool {
        if mayDoEverything { return true }
        guard let membership, membership.role.mayManage(role) else { return false }
        return scopes.map { role.permissions.isSubset(of: $0.permissions) } ?? true
    }
}
