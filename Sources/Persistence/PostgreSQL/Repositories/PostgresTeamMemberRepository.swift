import Core
import Persistence
import PostgresClient

struct PostgresTeamMemberRepository: TeamMemberRepository {
    let runner: any StatementRunner

    func insert(_ member: TeamMember) async throws {
        let role = member.role.id
        try await runner.change(
            """
            insert into team_members (team_id, user_id, role, role_id, joined_at, updated_at, version)
            values (
                \(member.teamID), \(member.userID), \(role.builtInRole?.builtInName), \(role.customID),
                \(member.joinedAt), \(member.joinedAt), 1)
            """)
    }

    func find(_ user: ID<User>, in team: ID<Team>) async throws -> TeamMember? {
        try await runner.first(
            """
            select \(unescaped: TeamMember.columns)
            from team_members
            \(unescaped: TeamMember.rolesJoined)
            where team_members.team_id = \(team) and team_members.user_id = \(user)
            """, TeamMember.init(columns:))
    }

    func hasMember(emailKey: String, in team: ID<Team>) async throws -> Bool {
        try await count(
            """
            select count(*)
            from users
            join team_members on team_members.user_id = users.id
            where users.email_key = \(emailKey) and users.purged_at is null and team_members.team_id = \(team)
            """) > 0
    }

    func profile(of user: ID<User>, in team: ID<Team>) async throws -> TeamMemberProfile? {
        try await runner.first(
            "\(sql: Self.profiles(in: team)) and team_members.user_id = \(user)", TeamMemberProfile.init(columns:))
    }

    func list(in team: ID<Team>, page: PageRequest) async throws -> Page<TeamMemberProfile> {
        let after: SQL =
            page.after.map { after in
                """
                and (team_members.joined_at, team_members.user_id) <
                    (\(after.time), \(PostgresUUID(high: after.high, low: after.low)))
                """
            } ?? ""
        return try await runner.page(
            """
            \(sql: Self.profiles(in: team)) \(sql: after)
            order by team_members.joined_at desc, team_members.user_id desc
            limit \(page.limit + 1)
            """, of: page, TeamMemberProfile.init(columns:)
        ) { Cursor(time: $0.member.joinedAt, id: $0.member.userID) }
    }

    func setRole(_ role: RoleID, of user: ID<User>, in team: ID<Team>, at time: Timestamp) async throws -> Bool {
        try await runner.change(
            """
            update team_members
            set role = \(role.builtInRole?.builtInName), role_id = \(role.customID), updated_at = \(time),
                version = version + 1
            where team_id = \(team) and user_id = \(user)
            """) == 1
    }

    func remove(_ user: ID<User>, from team: ID<Team>) async throws -> Bool {
        try await runner.change("delete from team_members where team_id = \(team) and user_id = \(user)") == 1
    }

    func removeAll(of user: ID<User>, at time: Timestamp) async throws -> [EndedMembership] {
        let lock: SQL = """
            select 1
            from teams
            where id in (select team_id from team_members where user_id = \(user))
            order by id
            for no key update
            """
        let handOver: SQL = """
            update teams
            set owner_id = heirs.user_id, updated_at = \(time), version = version + 1
            from (
                select owned.id as team_id, (
                    select team_members.user_id
                    from team_members
                    join users on users.id = team_members.user_id
                    where team_members.team_id = owned.id and team_members.role = 'owner'
                        and team_members.user_id <> \(user) and users.deleted_at is null
                    order by team_members.joined_at, team_members.user_id
                    limit 1) as user_id
                from teams owned
                where owned.owner_id = \(user)
            ) heirs
            where teams.id = heirs.team_id and heirs.user_id is not null
            returning teams.id, teams.owner_id
            """
        let removal: SQL = "delete from team_members where user_id = \(user) returning team_id, role, role_id"
        let results = try await runner.run([lock, handOver, removal], access: .write)
        guard results.count == 3 else { return [] }
        let heirs = try results[1].values { columns throws(PostgresDecodingError) in
            (team: try columns.next() as ID<Team>, user: try columns.next() as ID<User>)
        }
        let heirOf = Dictionary(heirs.map { ($0.team, $0.user) }) { first, _ in first }
        return try results[2].values { columns throws(PostgresDecodingError) in
            let (team, role) = (try columns.next() as ID<Team>, try RoleID(columns: &columns))
            return EndedMembership(team: team, role: role, heir: heirOf[team])
        }.sorted { $0.team < $1.team }
    }

    func count(in team: ID<Team>) async throws -> Int {
        try await count("select count(*) from team_members where team_id = \(team)")
    }

    func firstOwner(in team: ID<Team>, except other: ID<User>) async throws -> ID<User>? {
        let owner: ID<User>? = try await runner.first(
            """
            select team_members.user_id
            from team_members
            join users on users.id = team_members.user_id
            where team_members.team_id = \(team) and team_members.role = 'owner' and team_members.user_id <> \(other)
                and users.deleted_at is null
            order by team_members.joined_at, team_members.user_id
            limit 1
            """
        ) { columns throws(PostgresDecodingError) in try columns.next() }
        return owner
    }

    func owners(in team: ID<Team>) async throws -> [User] {
        try await runner.all(
            """
            select \(unescaped: User.columns)
            from team_members
            join users on users.id = team_members.user_id
            where team_members.team_id = \(team) and team_members.role = 'owner' and users.deleted_at is null
            order by team_members.joined_at, team_members.user_id
            """, User.init(columns:))
    }

    func count(with role: ID<CustomRole>, in team: ID<Team>) async throws -> Int {
        try await count("select count(*) from team_members where team_id = \(team) and role_id = \(role)")
    }

    private func count(_ select: SQL) async throws -> Int {
        let count: Int64? = try await runner.first(select) { columns throws(PostgresDecodingError) in try columns.next()
        }
        return Int(count ?? 0)
    }

    private static func profiles(in team: ID<Team>) -> SQL {
        """
        select \(unescaped: TeamMemberProfile.columns)
        from team_members
        join users on users.id = team_members.user_id
        \(unescaped: TeamMember.rolesJoined)
        where team_members.team_id = \(team)
        """
    }
}
