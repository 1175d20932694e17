import Core
import Persistence

extension InMemoryTeams {
    func list(matching filter: TeamFilter, page: PageRequest) async throws -> Page<TeamOverview> {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            let found: Page<Team> =
                switch filter {
                case .everything: .latestFirst(tables.teams.values, page, position: Self.position)
                case .id(let id): .latestFirst([tables.teams[id]].compactMap(\.self), page, position: Self.position)
                case .prefix(let prefix): Self.inOrder(of: prefix, page, in: tables)
                }
            return Page(items: try found.items.map(tables.overview), next: found.next)
        }
    }

    /// In the order of the bytes of what begins so, after that of the team that the cursor names.
    private static func inOrder(of prefix: TeamPrefix, _ page: PageRequest, in tables: Tables) -> Page<Team> {
        func key(_ team: Team) -> String? {
            [team.slug.text, TeamPrefix.searchKey(of: team.name.text)].first { $0.utf8.starts(with: prefix.key.utf8) }
        }
        func isBefore(_ one: (key: String, team: Team), _ other: (key: String, team: Team)) -> Bool {
            if one.key.utf8.elementsEqual(other.key.utf8) { return one.team.id < other.team.id }
            return one.key.utf8.lexicographicallyPrecedes(other.key.utf8)
        }
        let entries = tables.teams.values.compactMap { team in key(team).map { (key: $0, team: team) } }
        let last = page.after.map { cursor in entries.first { $0.team.id == cursor.id() } }
        let sorted = entries.filter { entry in last.map { $0.map { isBefore($0, entry) } ?? false } ?? true }
            .sorted(by: isBefore).map(\.team)
        return Page(fetched: Array(sorted.prefix(page.limit + 1)), limit: page.limit, position: position)
    }

    private static func position(of team: Team) -> Cursor { Cursor(time: team.createdAt, id: team.id) }
}

extension Tables {
    fileprivate func overview(of team: Team) throws(DatabaseError) -> TeamOverview {
        guard let owner = users[team.ownerID]?.user else { throw .foreignKeyViolation }
        return TeamOverview(team: team, owner: owner, memberCount: teamMembers[team.id]?.count ?? 0)
    }
}
