import Core
import Persistence
import Testing

extension Contracts {
    static let teamOverviews: [Contract] = [
        Contract("all teams are listed with owner and size, latest first, in pages") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            var expected: [TeamOverview] = []
            for (number, time) in crowdedTimes(around: context.now).enumerated() {
                let team = try await context.add("Team \(number)", "team-\(number)", of: ada, createdAt: time)
                for person in [ada, grace].prefix(number % 3) {
                    try await context.addMember(person, to: team, as: .member)
                }
                expected.append(TeamOverview(team: team, owner: ada, memberCount: number % 3))
            }
            expected.sort { ($0.team.createdAt, $0.team.id) > ($1.team.createdAt, $1.team.id) }
            try await expectPages(of: expected) { page in
                try await context.system.teams.list(matching: .everything, page: page)
            }
            for overview in expected {
                let found = try await context.system.teams.list(matching: .id(overview.team.id), page: PageRequest())
                #expect(found.items == [overview] && found.next == nil)
            }
            let none = try await context.system.teams.list(matching: .id(context.makeID()), page: PageRequest())
            #expect(none.items.isEmpty)
        },
        Contract("teams are found by the beginning of slug or name, each once, in the order of its bytes, in pages") {
            context async throws in
            let ada = try await context.addUser()
            let names = [
                ("Engines", "engines"), ("ENGINES of Ada", "engines-of-ada"), ("Looms", "engine-room"),
                ("engine", "jacquard"), ("Engine", "babbage"), ("Éngine", "eng"), ("a%b", "percent"), ("a_b", "under"),
                ("Zoë \u{1F389}", "zoe"), ("Zoe\u{308}", "zoe-2"),
            ]
            var teams: [Team] = []
            for (name, slug) in names {
                teams.append(try await context.add(try #require(TeamName(name)).text, slug, of: ada))
            }
            let searches = [
                "eng", "ENG", "engine", " Engines ", "engine-", "engines of", "é", "É", "a%", "a_", "zo", "ZOË", "x",
                "%",
            ]
            for text in searches {
                let prefix = try #require(TeamPrefix(text))
                let expected = teams.compactMap { team in
                    [team.slug.text, TeamPrefix.searchKey(of: team.name.text)]
                        .first { $0.utf8.starts(with: prefix.key.utf8) }.map { (Array($0.utf8), team) }
                }
                .sorted { one, other in
                    one.0 == other.0 ? one.1.id < other.1.id : one.0.lexicographicallyPrecedes(other.0)
                }
                .map(\.1)
                #expect(expected.isEmpty == ["x", "%", "é", "ZOË"].contains(text), "\(text)")
                try await expectPages(of: expected) { page in
                    try await context.system.teams.list(matching: .prefix(prefix), page: page).map(\.team)
                }
            }
            let gone = Cursor(time: context.now, id: context.makeID(of: Team.self))
            let prefix = try #require(TeamPrefix("eng"))
            let beyond = try await context.system.teams.list(
                matching: .prefix(prefix), page: PageRequest(after: gone))
            #expect(beyond.items.isEmpty)
        },
    ]
}

extension ContractContext {
    fileprivate func add(
        _ name: String, _ slug: String, of owner: User, createdAt: Timestamp? = nil
    ) async throws -> Team {
        let team = Team(
            id: makeID(), name: TeamName(stored: name), slug: TeamSlug(stored: slug), ownerID: owner.id,
            createdAt: createdAt ?? now, updatedAt: now)
        try await system.teams.insert(team)
        return team
    }
}
