import Core
import Persistence
import PostgresClient

struct PostgresTeamRepository: TeamRepository {
    let runner: any StatementRunner

    func insert(_ team: Team) async throws {
        try await runner.change(
            """
            insert into teams (
                id, name, slug, owner_id, require_mfa, address_ranges, avatar_url, created_at, updated_at, version)
            values (
                \(team.id), \(team.name), \(team.slug), \(team.ownerID), \(team.settings.requiresSecondFactor),
                \(team.settings.addressRanges.map(\.description)), \(team.avatarURL), \(team.createdAt),
                \(team.updatedAt), \(team.version))
            """)
    }

    func find(_ id: ID<Team>, by user: ID<User>?) async throws -> TeamSeen? {
        let results = try await runner.run([Self.team(id), Self.member(user, in: id)], access: .read)
        return try Self.seen(in: results)
    }

    func find(_ id: ID<Team>, by user: ID<User>, on item: ResourceReference) async throws -> TeamSeen? {
        let results = try await runner.run(
            [Self.team(id), Self.member(user, in: id), Self.grants(to: user, in: id, on: item)], access: .read)
        let permissions = try results.last?.values { columns throws(PostgresDecodingError) -> String in
            try columns.next()
        }
        // What a later release granted and this one does not know gives nothing.
        let grants = (permissions ?? []).compactMap(Permission.init).map { ResourceGrant($0, on: item) }
        return try Self.seen(in: Array(results.dropLast())).map { seen in
            TeamSeen(team: seen.team, member: seen.member, grants: seen.member == nil ? [] : Set(grants))
        }
    }

    func findLocked(_ id: ID<Team>, by user: ID<User>?) async throws -> TeamSeen? {
        // The part is read by a statement of its own, which sees what was committed while the first one waited.
        let lock: SQL = "\(sql: Self.team(id)) for no key update"
        return try Self.seen(in: try await runner.run([lock, Self.member(user, in: id)], access: .write))
    }

    func update(_ team: Team) async throws -> Team {
        let update: SQL = """
            update teams
            set name = \(team.name), slug = \(team.slug), owner_id = \(team.ownerID),
                require_mfa = \(team.settings.requiresSecondFactor),
                address_ranges = \(team.settings.addressRanges.map(\.description)), avatar_url = \(team.avatarURL),
                updated_at = \(team.updatedAt), version = version + 1
            where id = \(team.id) and version = \(team.version)
            returning \(unescaped: Team.columns)
            """
        // Tells, where nothing was updated, whether the version is another, or the team is not there to be changed.
        let check: SQL = "select 1 from teams where id = \(team.id) and version <> \(team.version)"
        let results = try await runner.run([update, check], access: .write)
        if let updated = try results.first?.firstValue(Team.init(columns:)) { return updated }
        throw results.last?.isEmpty == false ? DatabaseError.versionConflict : DatabaseError.notFound
    }

    func remove(_ id: ID<Team>) async throws -> Bool {
        try await runner.change("delete from teams where id = \(id)") == 1
    }

    func list(of user: ID<User>, page: PageRequest) async throws -> Page<TeamSeen> {
        let after: SQL =
            page.after.map { after in
                """
                and (team_members.joined_at, team_members.team_id) <
                    (\(after.time), \(PostgresUUID(high: after.high, low: after.low)))
                """
            } ?? ""
        return try await runner.page(
            """
            select \(unescaped: Team.columns), \(unescaped: TeamMember.columns)
            from team_members
            join teams on teams.id = team_members.team_id
            \(unescaped: TeamMember.rolesJoined)
            where team_members.user_id = \(user) \(sql: after)
            order by team_members.joined_at desc, team_members.team_id desc
            limit \(page.limit + 1)
            """, of: page
        ) { columns throws(PostgresDecodingError) in
            TeamSeen(team: try Team(columns: &columns), member: try TeamMember(columns: &columns))
        } position: { seen in
            Cursor(time: seen.member?.joinedAt ?? seen.team.createdAt, id: seen.team.id)
        }
    }

    func count(ownedBy user: ID<User>) async throws -> Int {
        let count: Int64? = try await runner.first(
            "select count(*) from teams where owner_id = \(user)"
        ) { columns throws(PostgresDecodingError) in try columns.next() }
        return Int(count ?? 0)
    }

    func listOwnedAlone(by user: ID<User>) async throws -> [Team] {
        let lock: SQL = """
            select 1
            from teams
            where id in (select team_id from team_members where user_id = \(user) and role = 'owner')
            order by id
            for no key update
            """
        let alone: SQL = """
            select \(unescaped: Team.columns)
            from team_members own
            join teams on teams.id = own.team_id
            where own.user_id = \(user) and own.role = 'owner' and not exists (
                select from team_members
                join users on users.id = team_members.user_id
                where team_members.team_id = own.team_id and team_members.user_id <> \(user)
                    and team_members.role = 'owner' and users.deleted_at is null)
            order by teams.id
            """
        return try await runner.run([lock, alone], access: .write).last?.values(Team.init(columns:)) ?? []
    }

    private static func team(_ id: ID<Team>) -> SQL {
        "select \(unescaped: Team.columns) from teams where id = \(id)"
    }

    private static func member(_ user: ID<User>?, in team: ID<Team>) -> SQL {
        """
        select \(unescaped: TeamMember.columns)
        from team_members
        \(unescaped: TeamMember.rolesJoined)
        where team_members.team_id = \(team) and team_members.user_id = \(user)
        """
    }

    /// All grants on a thing are few: they are looked through for those of the member and the role.
    private static func grants(to user: ID<User>, in team: ID<Team>, on item: ResourceReference) -> SQL {
        """
        select resource_grants.permission
        from resource_grants
        join team_members on team_members.team_id = resource_grants.team_id
        where resource_grants.team_id = \(team) and resource_grants.resource_type = \(item.type.rawValue)
            and resource_grants.resource_id = \(item.id)
            and team_members.team_id = \(team) and team_members.user_id = \(user)
            and (
                resource_grants.member_id = team_members.user_id or resource_grants.role = team_members.role
                or resource_grants.role_id = team_members.role_id)
        """
    }

    private static func seen(in results: [PostgresRows]) throws -> TeamSeen? {
        guard let team = try results.first?.firstValue(Team.init(columns:)) else { return nil }
        return TeamSeen(team: team, member: try results.last?.firstValue(TeamMember.init(columns:)))
    }
}
