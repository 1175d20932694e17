import Core
import Persistence
import PostgresClient

extension PostgresTeamRepository {
    func list(matching filter: TeamFilter, page: PageRequest) async throws -> Page<TeamOverview> {
        try await runner.page(Self.select(filter, page), of: page, TeamOverview.init(columns:)) { overview in
            Cursor(time: overview.team.createdAt, id: overview.team.id)
        }
    }

    private static func select(_ filter: TeamFilter, _ page: PageRequest) -> SQL {
        switch filter {
        case .everything:
            """
            select \(unescaped: TeamOverview.columns)
            from teams
            \(unescaped: TeamOverview.ownersJoined)
            where true \(sql: after(page.after))
            order by teams.created_at desc, teams.id desc
            limit \(page.limit + 1)
            """
        case .id(let id):
            """
            select \(unescaped: TeamOverview.columns)
            from teams
            \(unescaped: TeamOverview.ownersJoined)
            where teams.id = \(id) \(sql: after(page.after))
            """
        case .prefix(let prefix):
            // Two ranges of two indexes, each read as far as the page goes, but for teams that both find: those are passed over
            // in the second.
            """
            select \(unescaped: TeamOverview.columns)
            from (
                (select id, slug collate "C" as search_key
                from teams
                where \(sql: begins(slugKey, with: prefix)) \(sql: after(page.after, slugKey, prefix))
                order by slug collate "C", id
                limit \(page.limit + 1))
                union all
                (select id, lower(name collate "C")
                from teams
                where \(sql: begins(nameKey, with: prefix)) and not (\(sql: begins(slugKey, with: prefix)))
                    \(sql: after(page.after, nameKey, prefix))
                order by lower(name collate "C"), id
                limit \(page.limit + 1))
                order by search_key, id
                limit \(page.limit + 1)
            ) found
            join teams on teams.id = found.id
            \(unescaped: TeamOverview.ownersJoined)
            order by found.search_key, found.id
            """
        }
    }

    private static let slugKey = #"slug collate "C""#
    private static let nameKey = #"lower(name collate "C")"#

    /// As a range of the bytes of UTF-8. No character comes after U+10FFFF.
    private static func begins(_ key: String, with prefix: TeamPrefix) -> SQL {
        "\(unescaped: key) >= \(prefix.key) and \(unescaped: key) < \(prefix.key + "\u{10FFFF}")"
    }

    private static func after(_ cursor: Cursor?) -> SQL {
        guard let cursor else { return "" }
        return "and (teams.created_at, teams.id) < (\(cursor.time), \(cursor.id(of: Team.self)))"
    }

    /// A cursor names the team that a page ended with, whose slug or name is where the next one begins.
    private static func after(_ cursor: Cursor?, _ key: String, _ prefix: TeamPrefix) -> SQL {
        guard let cursor else { return "" }
        let id = cursor.id(of: Team.self)
        return """
            and (\(unescaped: key), id) > ((
                select case when \(sql: begins(slugKey, with: prefix)) then slug collate "C"
                    else lower(name collate "C") end
                from teams as last where last.id = \(id)), \(id))
            """
    }
}

extension TeamOverview {
    /// What ``init(columns:)`` reads, in its order, of `teams` with their owners joined by ``ownersJoined``.
    static let columns = """
        \(Team.columns), \(User.columns), (
            select count(*) from team_members where team_members.team_id = teams.id)
        """

    static let ownersJoined = "join users on users.id = teams.owner_id"

    init(columns: inout PostgresColumns) throws(PostgresDecodingError) {
        self.init(
            team: try Team(columns: &columns), owner: try User(columns: &columns),
            memberCount: try columns.next(Int.self))
    }
}
