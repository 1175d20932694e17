import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

struct AdminTeamRoutesTests {
    private func list(_ api: TestAPI, _ query: String = "", as access: String) async throws -> TestAnswer {
        try await api.send(.get, "/api/v1/admin/teams\(query)", headers: TestAPI.bearer(access))
    }

    @Test func `a team is shown with its owner and size`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator().access
            let (ada, grace) = (try await api.register(), try await api.register("grace@example.com"))
            let team = try await api.team(named: "Analytical Engines", as: ada.access)
            let made = api.time.now.description
            try await api.join(team, grace.access, as: .member)
            let told = """
                {"id":"\(team)","name":"Analytical Engines","slug":"analytical-engines","owner":{"id":"\(try await api.id())",\
                "email":"ada@example.com","first_name":"Ada","last_name":"Lovelace"},"member_count":2,\
                "created_at":"\(made)","updated_at":"\(made)"}
                """
            let shown = try await api.send(.get, "/api/v1/admin/teams/\(team)", headers: TestAPI.bearer(root))
            #expect(shown.status == 200 && shown.text == told)
            #expect(try await list(api, as: root).text == #"{"data":[\#(told)],"next_cursor":null}"#)
            for absent in ["01a20b1a-905b-7750-ade0-9cb23f43b7f4", "x"] {
                let answer = try await api.send(.get, "/api/v1/admin/teams/\(absent)", headers: TestAPI.bearer(root))
                #expect(answer.code == "not_found")
            }
        }
    }

    @Test func `teams are found by name, slug and id, in pages`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator().access
            let ada = try await api.register().access
            var teams: [String] = []
            for name in ["Engines", "Engine Room", "Looms"] {
                teams.append(try await api.team(named: name, as: ada))
                api.pass(seconds: 1)
            }
            func ids(_ query: String) async throws -> [String] {
                var (ids, cursor): ([String], String?) = ([], nil)
                repeat {
                    let after = cursor.map { "&cursor=\($0)" } ?? ""
                    let page = try await list(api, "?limit=1\(query)\(after)", as: root)
                    #expect(page.status == 200 && page.data.count <= 1)
                    ids += page.data.compactMap { $0["id"] as? String }
                    cursor = page["next_cursor"] as? String
                } while cursor != nil
                return ids
            }
            #expect(try await ids("") == teams.reversed())
            #expect(try await ids("&q=ENG") == [teams[1], teams[0]])
            #expect(try await ids("&q=engine-r") == [teams[1]])
            #expect(try await ids("&q=engine%20r") == [teams[1]])
            #expect(try await ids("&q=\(teams[2])") == [teams[2]])
            #expect(try await ids("&q=01a20b1a-905b-7750-ade0-9cb23f43b7f4").isEmpty)
            #expect(try await ids("&q=x").isEmpty)
            for (query, pointer) in [
                ("q=", "/q"), ("q=\(String(repeating: "a", count: 101))", "/q"), ("limit=0", "/limit"),
            ] {
                #expect(try await list(api, "?\(query)", as: root).pointers == [pointer])
            }
            #expect(try await list(api, "?cursor=x", as: root).code == "invalid_cursor")
            #expect(try await list(api, as: ada).code == "forbidden")
        }
    }
}
