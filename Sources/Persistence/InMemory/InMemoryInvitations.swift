import Core
import Persistence

struct InMemoryInvitations: InvitationRepository {
    let scope: Scope
    let access: any TableAccess

    func insert(_ invitation: Invitation, hash: [UInt8]) async throws {
        try await access.write { tables in
            try Scope.require(scope.isIn(invitation.teamID))
            try Digest.check(hash)
            guard tables.teams[invitation.teamID] != nil,
                invitation.invitedBy.map({ tables.users[$0] != nil }) ?? true
            else { throw DatabaseError.foreignKeyViolation }
            try tables.requireNoOther(than: invitation)
            tables.invitations[invitation.id] = InvitationRow(invitation: invitation, hash: hash)
        }
    }

    func find(_ id: ID<Invitation>, in team: ID<Team>) async throws -> Invitation? {
        try await access.read { tables in
            scope.isIn(team)
                ? tables.invitations[id].flatMap { $0.invitation.teamID == team ? $0.invitation : nil } : nil
        }
    }

    func find(hash: [UInt8]) async throws -> InvitationSeen? {
        try await access.read { tables in
            tables.invitations.values.first { $0.hash == hash && scope.isIn($0.invitation.teamID) }
                .flatMap { seen($0.invitation, in: tables) }
        }
    }

    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<Invitation> {
        try await access.read { tables in
            .latestFirst(own(team, in: tables), page) { Cursor(time: $0.createdAt, id: $0.id) }
        }
    }

    func listOpen(to emailKey: String, at time: Timestamp, limit: Int) async throws -> [InvitationSeen] {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            let open = tables.invitations.values.map(\.invitation).filter {
                $0.isOpen(to: emailKey) && $0.expiresAt > time
            }
            return open.sorted { ($0.expiresAt, $0.id) < ($1.expiresAt, $1.id) }.prefix(limit)
                .compactMap { seen($0, in: tables) }
        }
    }

    func hasOpen(to emailKey: String, in team: ID<Team>) async throws -> Bool {
        try await access.read { tables in own(team, in: tables).contains { $0.isOpen(to: emailKey) } }
    }

    func openCount(in team: ID<Team>, at time: Timestamp) async throws -> Int {
        try await access.read { tables in
            own(team, in: tables).count { invitation in
                guard case .address = invitation.recipient else { return false }
                return invitation.end == nil && invitation.expiresAt > time
            }
        }
    }

    func end(
        _ id: ID<Invitation>, in team: ID<Team>, as end: Invitation.End, at _: Timestamp
    ) async throws -> Bool {
        try await access.write { tables in
            guard let invitation = own(team, in: tables).first(where: { $0.id == id }), invitation.end == nil else {
                return false
            }
            tables.invitations[id]?.invitation = invitation.with(end: end)
            return true
        }
    }

    func endOpen(
        to emailKey: String, in team: ID<Team>, as end: Invitation.End, at _: Timestamp
    ) async throws -> Bool {
        try await access.write { tables in
            guard let invitation = own(team, in: tables).first(where: { $0.isOpen(to: emailKey) }) else { return false }
            tables.invitations[invitation.id]?.invitation = invitation.with(end: end)
            return true
        }
    }

    func endExpired(to emailKey: String, in team: ID<Team>, at time: Timestamp) async throws {
        try await access.write { tables in
            for invitation in own(team, in: tables)
            where invitation.isOpen(to: emailKey) && invitation.expiresAt <= time {
                tables.invitations[invitation.id]?.invitation = invitation.with(end: .expired)
            }
        }
    }

    func renew(
        _ id: ID<Invitation>, in team: ID<Team>, hash: [UInt8], at time: Timestamp, expiresAt: Timestamp
    ) async throws -> Bool {
        try await access.write { tables in
            try Digest.check(hash)
            guard let invitation = own(team, in: tables).first(where: { $0.id == id }),
                invitation.end == nil || invitation.end == .expired
            else { return false }
            let renewed = invitation.with(end: nil, sentAt: time, expiresAt: expiresAt)
            try tables.requireNoOther(than: renewed)
            tables.invitations[id] = InvitationRow(invitation: renewed, hash: hash)
            return true
        }
    }

    func use(_ id: ID<Invitation>, in team: ID<Team>) async throws -> Bool {
        try await access.write { tables in
            guard let invitation = own(team, in: tables).first(where: { $0.id == id }), invitation.end == nil,
                case .link(var link) = invitation.recipient, link.mostUses.map({ link.uses < $0 }) ?? true
            else { return false }
            link.uses &+= 1
            tables.invitations[id]?.invitation = invitation.with(end: nil, recipient: .link(link))
            return true
        }
    }

    func count(with role: ID<CustomRole>, in team: ID<Team>) async throws -> Int {
        try await access.read { tables in
            own(team, in: tables).count { $0.role == .custom(role) && $0.end == nil }
        }
    }

    func remove(expiredBefore time: Timestamp) async throws -> Int {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            let over = tables.invitations.filter { $0.value.invitation.expiresAt < time }.keys
            for id in over { tables.invitations[id] = nil }
            return over.count
        }
    }

    private func own(_ team: ID<Team>, in tables: Tables) -> [Invitation] {
        scope.isIn(team) ? tables.invitations.values.map(\.invitation).filter { $0.teamID == team } : []
    }

    /// The inviter's name only where the scope may see the account.
    private func seen(_ invitation: Invitation, in tables: Tables) -> InvitationSeen? {
        guard let team = tables.teams[invitation.teamID] else { return nil }
        let inviter = invitation.invitedBy.flatMap { id in
            scope.sees(id) || tables.teamMembers[team.id]?[id] != nil ? tables.users[id] : nil
        }
        return InvitationSeen(
            invitation: invitation, teamName: team.name,
            inviter: inviter?.purgedAt == nil ? inviter?.user.firstName : nil)
    }
}

extension Tables {
    /// - Throws: ``DatabaseError/duplicate(_:)`` while another one to the same address has not ended.
    fileprivate func requireNoOther(than invitation: Invitation) throws(DatabaseError) {
        guard case .address(let email) = invitation.recipient, invitation.end == nil else { return }
        let isTaken = invitations.values.contains {
            $0.invitation.id != invitation.id && $0.invitation.teamID == invitation.teamID
                && $0.invitation.isOpen(to: email.key)
        }
        if isTaken { throw .duplicate(.openInvitation) }
    }
}

extension Invitation {
    fileprivate func isOpen(to emailKey: String) -> Bool {
        guard case .address(let email) = recipient else { return false }
        return end == nil && email.key == emailKey
    }

    fileprivate func with(
        end: End?, recipient: Recipient? = nil, sentAt: Timestamp? = nil, expiresAt: Timestamp? = nil
    ) -> Invitation {
        Invitation(
            id: id, teamID: teamID, recipient: recipient ?? self.recipient, role: role, invitedBy: invitedBy,
            createdAt: createdAt, sentAt: sentAt ?? self.sentAt, expiresAt: expiresAt ?? self.expiresAt, end: end)
    }
}
