public import Auth
public import Core
public import Persistence

extension Teams {
    /// The members of a team, latest joined first.
    /// - Throws: As ``find(_:by:needing:origin:)``.
    public func members(
        of id: ID<Team>, by principal: any TeamPrincipal, origin: RequestOrigin, page: PageRequest
    ) async throws -> Page<TeamMemberProfile> {
        try await read(of: id, by: principal, needing: .membersRead, origin: origin) { store in
            try await store.teamMembers.list(in: id, page: page)
        }
    }

    /// Gives a member another role.
    /// - Throws: ``TeamError/notFound`` also for somebody who is not in the team; ``TeamError/unknownRole``,
    ///   ``TeamError/roleTooHigh``, ``TeamError/lastOwner``, ``TeamError/preconditionFailed``; as ``find(_:by:needing:origin:)``.
    public func setRole(
        _ role: RoleID, of user: ID<User>, in id: ID<Team>, by principal: any TeamPrincipal, origin: RequestOrigin,
        if isExpected: @Sendable (TeamMemberProfile) throws -> Bool = { _ in true }
    ) async throws -> TeamMemberProfile {
        try await change(id, by: principal, needing: .membersWrite, origin: origin) { change in
            let profile = try await change.member(user)
            guard try isExpected(profile) else { throw TeamError.preconditionFailed }
            let (old, new) = (profile.member.role, try await change.role(role))
            try change.access.require(.membersWrite, managing: [old.role, new.role])
            guard new != old else { return profile }
            if old.id == .owner { try await change.replaceOwner(user) }
            _ = try await change.store.teamMembers.setRole(new.id, of: user, in: id, at: change.now)
            try await change.record(
                change.audit.event(.roleChanged, member: user, changes: ["from": "\(old.id)", "to": "\(new.id)"]))
            return profile.with(new)
        }
    }

    /// Takes a member out of a team, who has lost access with that. Taking oneself out is ``leave(_:by:origin:)``.
    /// - Throws: ``TeamError/notFound`` also for somebody who is not in the team; ``TeamError/roleTooHigh``,
    ///   ``TeamError/lastOwner``, ``TeamError/preconditionFailed``; as ``find(_:by:needing:origin:)``.
    public func remove(
        _ user: ID<User>, from id: ID<Team>, by principal: any TeamPrincipal, origin: RequestOrigin,
        if isExpected: @Sendable (TeamMemberProfile) throws -> Bool = { _ in true }
    ) async throws {
        if let person = principal.person, person.user.id == user {
            return try await leave(id, by: person, origin: origin)
        }
        try await change(id, by: principal, needing: .membersWrite, origin: origin) { change in
            let profile = try await change.member(user)
            guard try isExpected(profile) else { throw TeamError.preconditionFailed }
            try change.access.require(.membersWrite, managing: [profile.member.role.role])
            try await change.remove(profile.member, as: .memberRemoved)
        }
    }

    /// Takes the caller out of a team.
    /// - Throws: ``TeamError/lastOwner``, ``TeamError/notFound``; `AuthError` for an API key.
    public func leave(
        _ id: ID<Team>, by principal: Principal, origin: RequestOrigin, receipt: Receipt<Void>? = nil
    ) async throws {
        _ = try principal.requireSession()
        try await change(id, by: principal, needing: nil, origin: origin, receipt: receipt) { change in
            guard let member = change.access.member else { throw TeamError.notFound }
            try await change.remove(member, as: .memberLeft)
        }
    }
}

extension TeamChange {
    /// - Throws: ``TeamError/notFound``.
    fileprivate func member(_ user: ID<User>) async throws -> TeamMemberProfile {
        guard let profile = try await store.teamMembers.profile(of: user, in: team.id) else { throw TeamError.notFound }
        return profile
    }

    fileprivate func remove(_ member: TeamMember, as action: TeamAction) async throws {
        if member.role.id == .owner { try await replaceOwner(member.userID) }
        _ = try await store.teamMembers.remove(member.userID, from: team.id)
        // Who was put out does not come back by the domain of an address, who left may.
        if action == .memberRemoved { try await store.barredUsers.insert(member.userID, in: team.id, at: now) }
        try await record(audit.event(action, member: member.userID, changes: ["role": "\(member.role.id)"]))
    }
}

extension TeamMemberProfile {
    fileprivate func with(_ role: AssignedRole) -> TeamMemberProfile {
        var member = member
        member.role = role
        return TeamMemberProfile(member: member, email: email, firstName: firstName, lastName: lastName)
    }
}
