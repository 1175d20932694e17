public import Auth
public import Core
public import Persistence

extension Teams {
    /// The roles that a team made, first made first; the built-in ones are everywhere the same.
    /// - Throws: As ``find(_:by:needing:origin:)``.
    public func roles(of id: ID<Team>, by principal: any TeamPrincipal, origin: RequestOrigin) async throws
        -> [CustomRole]
    {
        try await read(of: id, by: principal, needing: .rolesRead, origin: origin) { store in
            try await store.teamRoles.list(in: id)
        }
    }

    /// Makes a role out of permissions, of which the caller must have each.
    /// - Throws: ``TeamError/roleTooHigh``, ``TeamError/roleNameTaken``, ``TeamError/tooMany``; as
    ///   ``find(_:by:needing:origin:)``.
    public func createRole(
        name: TeamName, permissions: Set<Permission>, in id: ID<Team>, by principal: any TeamPrincipal,
        origin: RequestOrigin,
        receipt: Receipt<CustomRole>? = nil
    ) async throws -> CustomRole {
        try await naming {
            try await change(id, by: principal, needing: .rolesWrite, origin: origin, receipt: receipt) { change in
                let role = CustomRole(
                    id: .make(at: change.now, randomness: randomness), teamID: id, name: name,
                    permissions: permissions.intersection(Permission.ofTeams), createdAt: change.now,
                    updatedAt: change.now)
                try change.access.require(.rolesWrite, managing: [.custom(role.permissions)])
                try role.requireOwnName()
                guard try await change.store.teamRoles.list(in: id).count < Self.mostRoles else {
                    throw TeamError.tooMany
                }
                try await change.store.teamRoles.insert(role)
                try await change.record(change.audit.event(.roleCreated, on: "role", role.id, changes: role.told))
                return role
            }
        }
    }

    /// Changes a role of the team, for everybody who has it. What is nil stays as it is.
    /// - Throws: ``TeamError/roleTooHigh``, ``TeamError/roleNameTaken``, ``TeamError/preconditionFailed``; as
    ///   ``find(_:by:needing:origin:)``.
    public func updateRole(
        _ role: ID<CustomRole>, name: TeamName?, permissions: Set<Permission>?, in id: ID<Team>,
        by principal: any TeamPrincipal,
        origin: RequestOrigin, if isExpected: @Sendable (CustomRole) throws -> Bool = { _ in true }
    ) async throws -> CustomRole {
        try await naming {
            try await change(id, by: principal, needing: .rolesWrite, origin: origin) { change in
                let before = try await change.customRole(role, if: isExpected)
                var role = before
                role.name = name ?? before.name
                role.permissions = permissions?.intersection(Permission.ofTeams) ?? before.permissions
                try change.access.require(
                    .rolesWrite, managing: [.custom(before.permissions), .custom(role.permissions)])
                guard role != before else { return before }
                try role.requireOwnName()
                role.updatedAt = change.now
                role = try await change.store.teamRoles.update(role)
                try await change.record(change.audit.event(.roleUpdated, on: "role", role.id, changes: role.told))
                return role
            }
        }
    }

    /// Removes a role that nobody has.
    /// - Throws: ``TeamError/roleInUse``, ``TeamError/roleTooHigh``, ``TeamError/preconditionFailed``; as
    ///   ``find(_:by:needing:origin:)``.
    public func removeRole(
        _ role: ID<CustomRole>, from id: ID<Team>, by principal: any TeamPrincipal, origin: RequestOrigin,
        if isExpected: @Sendable (CustomRole) throws -> Bool = { _ in true }
    ) async throws {
        try await change(id, by: principal, needing: .rolesWrite, origin: origin) { change in
            let before = try await change.customRole(role, if: isExpected)
            try change.access.require(.rolesWrite, managing: [.custom(before.permissions)])
            guard try await change.store.teamMembers.count(with: role, in: id) == 0,
                try await change.store.invitations.count(with: role, in: id) == 0,
                try await change.store.teamDomains.count(with: role, in: id) == 0
            else { throw TeamError.roleInUse }
            _ = try await change.store.teamRoles.remove(role, in: id)
            try await change.record(change.audit.event(.roleRemoved, on: "role", role, changes: before.told))
        }
    }

    private func naming<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch DatabaseError.duplicate(.teamRoleName) {
            throw TeamError.roleNameTaken
        }
    }
}

extension TeamChange {
    /// - Throws: ``TeamError/notFound``, ``TeamError/preconditionFailed``.
    fileprivate func customRole(
        _ id: ID<CustomRole>, if isExpected: @Sendable (CustomRole) throws -> Bool
    ) async throws -> CustomRole {
        guard let role = try await store.teamRoles.find(id, in: team.id) else { throw TeamError.notFound }
        guard try isExpected(role) else { throw TeamError.preconditionFailed }
        return role
    }
}

extension CustomRole {
    /// As audit rows tell it.
    fileprivate var told: [String: String] {
        ["name": name.text, "permissions": permissions.map(\.rawValue).sorted().joined(separator: " ")]
    }

    /// Refuses the name of a built-in role, by which nobody could tell which is meant.
    /// - Throws: ``TeamError/roleNameTaken``.
    fileprivate func requireOwnName() throws {
        if TeamRole(builtInName: name.text.lowercased()) != nil { throw TeamError.roleNameTaken }
    }
}
