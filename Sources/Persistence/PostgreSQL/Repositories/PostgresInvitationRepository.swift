import Core
import Persistence
import PostgresClient

struct PostgresInvitationRepository: InvitationRepository {
    private static let isOpen: SQL = """
        accepted_at is null and declined_at is null and revoked_at is null and expired_at is null
        """

    let runner: any StatementRunner

    func insert(_ invitation: Invitation, hash: [UInt8]) async throws {
        let (email, link) = (invitation.recipient.email, invitation.recipient.link)
        try await runner.change(
            """
            insert into invitations (
                team_id, id, email, email_key, allowed_domains, max_uses, uses, role, role_id, token_hash, invited_by,
                created_at, sent_at, expires_at)
            values (
                \(invitation.teamID), \(invitation.id), \(email?.text), \(email?.key),
                \(link?.domains.map(\.ascii) ?? []), \(link?.mostUses.map(Int32.init)), \(Int32(link?.uses ?? 0)),
                \(invitation.role.builtInRole?.builtInName), \(invitation.role.customID), \(hash),
                \(invitation.invitedBy), \(invitation.createdAt), \(invitation.sentAt), \(invitation.expiresAt))
            """)
    }

    func find(_ id: ID<Invitation>, in team: ID<Team>) async throws -> Invitation? {
        try await runner.first(
            "select \(unescaped: Invitation.columns) from invitations where team_id = \(team) and id = \(id)",
            Invitation.init(columns:))
    }

    func find(hash: [UInt8]) async throws -> InvitationSeen? {
        let found: SQL = "select * from invitations where token_hash = \(hash) limit 1"
        return try await runner.first(InvitationSeen.select(from: found), InvitationSeen.init(columns:))
    }

    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<Invitation> {
        try await runner.page(
            """
            select \(unescaped: Invitation.columns)
            from invitations
            where team_id = \(team) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, Invitation.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func listOpen(to emailKey: String, at time: Timestamp, limit: Int) async throws -> [InvitationSeen] {
        let open: SQL = """
            select *
            from invitations
            where email_key = \(emailKey) and \(sql: Self.isOpen) and expires_at > \(time)
            order by expires_at, id
            limit \(limit)
            """
        // Joins promise no order.
        return try await runner.all(InvitationSeen.select(from: open), InvitationSeen.init(columns:))
            .sorted { ($0.invitation.expiresAt, $0.invitation.id) < ($1.invitation.expiresAt, $1.invitation.id) }
    }

    func hasOpen(to emailKey: String, in team: ID<Team>) async throws -> Bool {
        try await count(
            """
            select count(*)
            from invitations
            where team_id = \(team) and email_key = \(emailKey) and \(sql: Self.isOpen)
            """) > 0
    }

    func openCount(in team: ID<Team>, at time: Timestamp) async throws -> Int {
        try await count(
            """
            select count(*)
            from invitations
            where team_id = \(team) and email_key is not null and \(sql: Self.isOpen) and expires_at > \(time)
            """)
    }

    func end(
        _ id: ID<Invitation>, in team: ID<Team>, as end: Invitation.End, at time: Timestamp
    ) async throws -> Bool {
        try await runner.change(
            """
            update invitations
            set \(unescaped: end.column) = \(time)
            where team_id = \(team) and id = \(id) and \(sql: Self.isOpen)
            """) == 1
    }

    func endOpen(
        to emailKey: String, in team: ID<Team>, as end: Invitation.End, at time: Timestamp
    ) async throws -> Bool {
        try await runner.change(
            """
            update invitations
            set \(unescaped: end.column) = \(time)
            where team_id = \(team) and email_key = \(emailKey) and \(sql: Self.isOpen)
            """) == 1
    }

    func endExpired(to emailKey: String, in team: ID<Team>, at time: Timestamp) async throws {
        try await runner.change(
            """
            update invitations
            set expired_at = \(time)
            where team_id = \(team) and email_key = \(emailKey) and \(sql: Self.isOpen) and expires_at <= \(time)
            """)
    }

    func renew(
        _ id: ID<Invitation>, in team: ID<Team>, hash: [UInt8], at time: Timestamp, expiresAt: Timestamp
    ) async throws -> Bool {
        try await runner.change(
            """
            update invitations
            set token_hash = \(hash), sent_at = \(time), expires_at = \(expiresAt), expired_at = null
            where team_id = \(team) and id = \(id) and accepted_at is null and declined_at is null
                and revoked_at is null
            """) == 1
    }

    func use(_ id: ID<Invitation>, in team: ID<Team>) async throws -> Bool {
        try await runner.change(
            """
            update invitations
            set uses = uses + 1
            where team_id = \(team) and id = \(id) and email_key is null and \(sql: Self.isOpen)
                and (max_uses is null or uses < max_uses)
            """) == 1
    }

    func count(with role: ID<CustomRole>, in team: ID<Team>) async throws -> Int {
        try await count(
            """
            select count(*)
            from invitations
            where team_id = \(team) and role_id = \(role) and \(sql: Self.isOpen)
            """)
    }

    func remove(expiredBefore time: Timestamp) async throws -> Int {
        try await runner.change("delete from invitations where expires_at < \(time)")
    }

    private func count(_ select: SQL) async throws -> Int {
        let count: Int64? = try await runner.first(select) { columns throws(PostgresDecodingError) in try columns.next()
        }
        return Int(count ?? 0)
    }
}

extension Invitation.Recipient {
    fileprivate var email: EmailAddress? {
        if case .address(let email) = self { email } else { nil }
    }

    fileprivate var link: Invitation.Link? {
        if case .link(let link) = self { link } else { nil }
    }
}

extension Invitation.End {
    fileprivate var column: String {
        switch self {
        case .accepted: "accepted_at"
        case .declined: "declined_at"
        case .revoked: "revoked_at"
        case .expired: "expired_at"
        }
    }
}
