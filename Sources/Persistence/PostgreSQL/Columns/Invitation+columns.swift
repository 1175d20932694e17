import Core
import PostgresClient

extension Invitation {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        invitations.id, invitations.team_id, invitations.email, invitations.email_key, invitations.allowed_domains, \
        invitations.max_uses, invitations.uses, invitations.role, invitations.role_id, invitations.invited_by, \
        invitations.created_at, invitations.sent_at, invitations.expires_at, invitations.accepted_at is not null, \
        invitations.declined_at is not null, invitations.revoked_at is not null, invitations.expired_at is not null
        """

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            id: try columns.next(), teamID: try columns.next(), recipient: try Recipient(columns: &columns),
            role: try RoleID(columns: &columns), invitedBy: try columns.next(), createdAt: try columns.next(),
            sentAt: try columns.next(), expiresAt: try columns.next(), end: try End(columns: &columns))
    }
}

extension Invitation.Recipient {
    fileprivate init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let (email, key): (String?, String?) = (try columns.next(), try columns.next())
        let domains: [String] = try columns.next()
        let (mostUses, uses): (Int32?, Int32) = (try columns.next(), try columns.next())
        if let email, let key {
            self = .address(EmailAddress(storedText: email, key: key))
            return
        }
        // One that can't be read must not leave fewer, which could mean all.
        let parsed = domains.compactMap { DomainName(parsing: $0) }
        guard parsed.count == domains.count else { throw .malformed }
        self = .link(Invitation.Link(domains: parsed, mostUses: mostUses.map(Int.init), uses: Int(uses)))
    }
}

extension Invitation.End {
    /// Nil where none of the columns is true.
    fileprivate init?(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        var end: Self?
        for candidate in [Self.accepted, .declined, .revoked, .expired] {
            let isIt: Bool = try columns.next()
            if isIt { end = candidate }
        }
        guard let end else { return nil }
        self = end
    }
}

extension RoleID {
    /// From a built-in role's name and a custom role's id, of which one is null.
    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        let (name, id): (String?, ID<CustomRole>?) = (try columns.next(), try columns.next())
        if let id {
            self = .custom(id)
        } else if let name, let role = RoleID(name), role.builtInRole != nil {
            self = role
        } else {
            throw .malformed
        }
    }
}

extension InvitationSeen {
    /// What ``init(columns:)`` reads, in its order.
    static let columns = """
        \(Invitation.columns), teams.name, case when users.purged_at is null then users.first_name end
        """

    /// Some invitations with the tables of ``columns``.
    static func select(from invitations: SQL) -> SQL {
        """
        select \(unescaped: columns)
        from (\(sql: invitations)) invitations
        join teams on teams.id = invitations.team_id
        left join users on users.id = invitations.invited_by
        """
    }

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            invitation: try Invitation(columns: &columns), teamName: try columns.next(), inviter: try columns.next())
    }
}
