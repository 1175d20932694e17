import Core
import Persistence
import PostgresClient

struct PostgresTeamDomainRepository: TeamDomainRepository {
    let runner: any StatementRunner

    func insert(_ domain: TeamDomain) async throws {
        try await runner.change(
            """
            insert into team_domains (
                team_id, id, domain, role, role_id, challenge, added_by, created_at, expires_at, proof, verified_at,
                checked_at)
            values (
                \(domain.teamID), \(domain.id), \(domain.name.ascii), \(domain.role.builtInRole?.builtInName),
                \(domain.role.customID), \(domain.challenge), \(domain.addedBy), \(domain.createdAt),
                \(domain.expiresAt), \(domain.verification?.proof), \(domain.verification?.verifiedAt),
                \(domain.verification?.checkedAt))
            """)
    }

    func find(_ id: ID<TeamDomain>, in team: ID<Team>) async throws -> TeamDomain? {
        try await runner.first(
            "select \(unescaped: TeamDomain.columns) from team_domains where team_id = \(team) and id = \(id)",
            TeamDomain.init(columns:))
    }

    func find(mailHash: [UInt8]) async throws -> (domain: TeamDomain, mailExpiresAt: Timestamp)? {
        try await runner.first(
            """
            select \(unescaped: TeamDomain.columns), team_domains.mail_expires_at
            from team_domains
            where mail_token_hash = \(mailHash)
            limit 1
            """
        ) { columns throws(PostgresDecodingError) in
            (domain: try TeamDomain(columns: &columns), mailExpiresAt: try columns.next())
        }
    }

    func findVerified(_ name: String, in team: ID<Team>) async throws -> TeamDomain? {
        try await runner.first(
            """
            select \(unescaped: TeamDomain.columns)
            from team_domains
            where team_id = \(team) and domain = \(name) and verified_at is not null
            """, TeamDomain.init(columns:))
    }

    func findJoinable(_ name: String, by user: ID<User>) async throws -> JoinableTeam? {
        try await runner.first(
            """
            select \(unescaped: JoinableTeam.columns)
            from team_domains
            join teams on teams.id = team_domains.team_id
            where team_domains.domain = \(name) and team_domains.verified_at is not null
                and not exists (
                    select from team_members
                    where team_members.team_id = team_domains.team_id and team_members.user_id = \(user))
                and not exists (
                    select from team_barred_users
                    where team_barred_users.team_id = team_domains.team_id and team_barred_users.user_id = \(user))
            """, JoinableTeam.init(columns:))
    }

    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<TeamDomain> {
        try await runner.page(
            """
            select \(unescaped: TeamDomain.columns)
            from team_domains
            where team_id = \(team) \(sql: page.afterCondition)
            \(sql: page.order)
            """, of: page, TeamDomain.init(columns:)
        ) { Cursor(time: $0.createdAt, id: $0.id) }
    }

    func count(in team: ID<Team>) async throws -> Int {
        try await count("select count(*) from team_domains where team_id = \(team)")
    }

    func count(with role: ID<CustomRole>, in team: ID<Team>) async throws -> Int {
        try await count("select count(*) from team_domains where team_id = \(team) and role_id = \(role)")
    }

    func setMail(
        hash: [UInt8], expiresAt: Timestamp, of id: ID<TeamDomain>, in team: ID<Team>
    ) async throws -> Bool {
        try await runner.change(
            """
            update team_domains
            set mail_token_hash = \(hash), mail_expires_at = \(expiresAt)
            where team_id = \(team) and id = \(id) and verified_at is null
            """) == 1
    }

    func verify(
        _ id: ID<TeamDomain>, in team: ID<Team>, as verification: TeamDomain.Verification
    ) async throws -> Bool {
        try await runner.change(
            """
            update team_domains
            set proof = \(verification.proof), verified_at = \(verification.verifiedAt),
                checked_at = \(verification.checkedAt), mail_token_hash = null, mail_expires_at = null
            where team_id = \(team) and id = \(id) and verified_at is null
            """) == 1
    }

    func listToCheck(checkedBefore time: Timestamp, limit: Int) async throws -> [DomainCheck] {
        try await runner.all(
            """
            select \(unescaped: TeamDomain.columns), team_domains.missing_since
            from team_domains
            where checked_at < \(time)
            order by checked_at, id
            limit \(limit)
            """
        ) { columns throws(PostgresDecodingError) in
            DomainCheck(domain: try TeamDomain(columns: &columns), missingSince: try columns.next())
        }
    }

    func setChecked(
        _ id: ID<TeamDomain>, in team: ID<Team>, at time: Timestamp, missingSince: Timestamp?
    ) async throws {
        try await runner.change(
            """
            update team_domains
            set checked_at = \(time), missing_since = \(missingSince)
            where team_id = \(team) and id = \(id) and checked_at is not null
            """)
    }

    func unverify(_ id: ID<TeamDomain>, in team: ID<Team>, expiresAt: Timestamp) async throws -> Bool {
        try await runner.change(
            """
            update team_domains
            set proof = null, verified_at = null, checked_at = null, missing_since = null, expires_at = \(expiresAt)
            where team_id = \(team) and id = \(id) and checked_at is not null
            """) == 1
    }

    func remove(_ id: ID<TeamDomain>, in team: ID<Team>) async throws -> Bool {
        try await runner.change("delete from team_domains where team_id = \(team) and id = \(id)") == 1
    }

    func removeExpired(_ name: String, in team: ID<Team>, at time: Timestamp) async throws {
        try await runner.change(
            """
            delete from team_domains
            where team_id = \(team) and domain = \(name) and verified_at is null and expires_at <= \(time)
            """)
    }

    func remove(expiredBefore time: Timestamp) async throws -> Int {
        try await runner.change("delete from team_domains where verified_at is null and expires_at < \(time)")
    }

    private func count(_ select: SQL) async throws -> Int {
        let count: Int64? = try await runner.first(select) { columns throws(PostgresDecodingError) in try columns.next()
        }
        return Int(count ?? 0)
    }
}

extension TeamDomain.Verification {
    /// When the record was seen that proves it; nil for another proof.
    fileprivate var checkedAt: Timestamp? { proof == .dns ? verifiedAt : nil }
}
