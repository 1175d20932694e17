public import Auth
public import Core
public import Persistence

extension Teams {
    /// The permissions that a team granted on single things, latest first.
    /// - Throws: As ``find(_:by:needing:origin:)``.
    public func grants(
        of id: ID<Team>, matching filter: TeamGrantFilter = TeamGrantFilter(), by principal: Principal,
        origin: RequestOrigin, page: PageRequest
    ) async throws -> Page<TeamGrant> {
        try await read(of: id, by: principal, needing: .rolesRead, origin: origin) { store in
            try await store.teamGrants.list(in: id, matching: filter, page: page)
        }
    }

    /// Gives a member, or everybody with a role, a permission on one thing of the team. Who gives it has it in the whole
    /// team: one that was granted is not handed on. Whether there is such a thing is not asked.
    /// - Throws: ``TeamError/unknownResourceType(_:)``, ``TeamError/notGrantable(_:)``, ``TeamError/roleTooHigh``,
    ///   ``TeamError/notMember``, ``TeamError/unknownRole``, ``TeamError/alreadyGranted``, ``TeamError/tooMany``; as
    ///   ``find(_:by:needing:origin:)``.
    public func grant(
        _ grant: ResourceGrant, to subject: TeamGrantSubject, in id: ID<Team>, by principal: Principal,
        origin: RequestOrigin, receipt: Receipt<TeamGrant>? = nil
    ) async throws -> TeamGrant {
        try require(grant)
        do {
            return try await change(id, by: principal, needing: .rolesWrite, origin: origin, receipt: receipt) {
                change in
                try change.access.require(.rolesWrite, managing: [.custom([grant.permission])])
                try await change.require(subject)
                let counts = try await change.store.teamGrants.counts(in: id, on: grant.item)
                guard counts.inTeam < Self.mostGrants, counts.onItem < Self.mostGrantsOnItem else {
                    throw TeamError.tooMany
                }
                let made = TeamGrant(
                    id: .make(at: change.now, randomness: randomness), teamID: id, subject: subject, grant: grant,
                    grantedBy: principal.user.id, createdAt: change.now)
                try await change.store.teamGrants.insert(made)
                try await change.record(change.event(.grantCreated, on: made))
                return made
            }
        } catch DatabaseError.duplicate(.resourceGrant) {
            throw TeamError.alreadyGranted
        }
    }

    /// Takes a permission on one thing back. Who takes it has it in the whole team.
    /// - Throws: ``TeamError/notFound`` also for one that is not there; ``TeamError/roleTooHigh``,
    ///   ``TeamError/preconditionFailed``; as ``find(_:by:needing:origin:)``.
    public func removeGrant(
        _ grant: ID<TeamGrant>, from id: ID<Team>, by principal: Principal, origin: RequestOrigin,
        if isExpected: @Sendable (TeamGrant) throws -> Bool = { _ in true }
    ) async throws {
        try await change(id, by: principal, needing: .rolesWrite, origin: origin) { change in
            guard let made = try await change.store.teamGrants.find(grant, in: id) else { throw TeamError.notFound }
            guard try isExpected(made) else { throw TeamError.preconditionFailed }
            try change.access.require(.rolesWrite, managing: [.custom([made.grant.permission])])
            _ = try await change.store.teamGrants.remove(grant, in: id)
            try await change.record(change.event(.grantDeleted, on: made))
        }
    }

    /// - Throws: ``TeamError/unknownResourceType(_:)``, ``TeamError/notGrantable(_:)``.
    private func require(_ grant: ResourceGrant) throws {
        guard let permissions = resources.permissions(on: grant.item.type) else {
            throw TeamError.unknownResourceType(resources.types)
        }
        guard permissions.contains(grant.permission) else {
            throw TeamError.notGrantable(permissions.sorted { $0.rawValue < $1.rawValue })
        }
    }
}

extension TeamChange {
    /// - Throws: ``TeamError/notMember``, ``TeamError/unknownRole``.
    fileprivate func require(_ subject: TeamGrantSubject) async throws {
        switch subject {
        case .member(let user):
            guard try await store.teamMembers.find(user, in: team.id) != nil else { throw TeamError.notMember }
        case .role(let id): _ = try await role(id)
        }
    }

    /// A grant to a member stands in the member's own log too.
    fileprivate func event(_ action: TeamAction, on grant: TeamGrant) -> AuditEvent {
        var changes = [
            "permission": grant.grant.permission.rawValue, "resource_type": grant.grant.item.type.rawValue,
            "resource_id": grant.grant.item.id,
        ]
        switch grant.subject {
        case .member(let user):
            changes["user_id"] = user.description
            return audit.event(action, on: "grant", grant.id, member: user, changes: changes)
        case .role(let role):
            changes["role"] = role.description
            return audit.event(action, on: "grant", grant.id, changes: changes)
        }
    }
}
