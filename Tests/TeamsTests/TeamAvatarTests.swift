import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// The pictures of teams.
struct TeamAvatarTests {
    private static let gif = Array("GIF89a then whatever".utf8)

    private let test: TestTeams
    private let objects: InMemoryObjectStore
    private let avatars: TeamAvatars

    init() throws {
        test = try TestTeams()
        objects = InMemoryObjectStore(time: test.time.source) {
            [UInt8](repeating: UInt8(truncatingIfNeeded: $0.count), count: 32)
        }
        avatars = TeamAvatars(teams: test.teams, baseURL: "https://app.example.com", objects: objects)
    }

    @Test func `a picture is kept for those in the team, and the one before is removed by a job`() async throws {
        let (ada, eve) = (try await test.person("ada"), try await test.person("eve"))
        let team = try await test.team(of: ada)
        #expect(try await avatars.find(of: team.id, by: ada, origin: test.origin) == nil)
        test.time.advance(by: .seconds(1))
        let first = try await replace(Self.gif, of: team, by: ada)
        let address = try #require(first.team.avatarURL)
        #expect(address.hasPrefix("https://app.example.com/api/v1/teams/\(team.id)/avatar?version="))
        let (key, info) = try #require(try await avatars.find(of: team.id, by: ada, origin: test.origin))
        #expect(info.type.text == "image/gif" && info.size == Int64(Self.gif.count))
        await #expect(throws: TeamError.notFound) {
            try await avatars.find(of: team.id, by: eve, origin: test.origin)
        }
        test.time.advance(by: .seconds(1))
        let second = try await replace(Self.gif + [1], of: team, by: ada)
        #expect(second.team.avatarURL != address && second.team.updatedAt == test.time.now)
        #expect(try await removals() == [key.text])
        test.time.advance(by: .seconds(1))
        let none = try await avatars.remove(of: team.id, by: ada, origin: test.origin)
        #expect(none.team.avatarURL == nil)
        #expect(try await removals().count == 2)
        #expect(try await avatars.remove(of: team.id, by: ada, origin: test.origin).team == none.team)
        let log = try await test.teams.auditLog(
            of: team.id, matching: AuditFilter(), by: ada, origin: test.origin, page: PageRequest())
        #expect(
            log.items.map(\.action)
                == ["team.avatar_removed", "team.avatar_changed", "team.avatar_changed", "team.created"])
    }

    @Test func `the picture of a team that is deleted goes by a job of the same transaction`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        _ = try await replace(Self.gif, of: team, by: ada)
        try await test.teams.delete(team.id, by: test.fresh(ada), origin: test.origin)
        #expect(try await removals() == objects.keys.map(\.text))
        #expect(try await removals().count == 1)
    }

    @Test(arguments: [RoleID.member, .viewer])
    func `who may not change the team changes no picture, and nothing is kept`(role: RoleID) async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let team = try await test.team(of: ada)
        try await test.join(team, grace, as: role)
        await #expect(throws: TeamError.forbidden) { try await replace(Self.gif, of: team, by: grace) }
        await #expect(throws: TeamError.forbidden) {
            try await avatars.remove(of: team.id, by: grace, origin: test.origin)
        }
        #expect(objects.keys.isEmpty)
        _ = try await replace(Self.gif, of: team, by: ada)
        #expect(try await avatars.find(of: team.id, by: grace, origin: test.origin) != nil)
    }

    @Test func `what is no picture or too large is refused, and nothing is kept`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        await #expect(throws: Avatars.Problem.noPicture) {
            try await replace(Array("<svg/>".utf8), of: team, by: ada)
        }
        await #expect(throws: Avatars.Problem.tooLarge) {
            try await replace(Self.gif + [UInt8](repeating: 0, count: Int(Avatars.largest)), of: team, by: ada)
        }
        #expect(objects.keys.isEmpty)
    }

    @discardableResult
    private func replace(_ bytes: [UInt8], of team: Team, by principal: Principal) async throws -> TeamAccess {
        try await avatars.replace(with: .of(bytes), of: team.id, by: principal, origin: test.origin)
    }

    private func removals() async throws -> [String] {
        try await test.system.jobs.list(name: ObjectRemoval.jobName, page: PageRequest()).items
            .map { try ($0.decoded() as ObjectRemoval).key }
    }
}
