import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

struct FlagRoutesTests {
    private static let path = "/api/v1/admin/flags"

    private func set(
        _ api: TestAPI, _ key: String = "new-editor", _ json: String = "{}", as access: String,
        headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        try await api.send(
            .put, "\(Self.path)/\(key)", json, headers: headers.merging(TestAPI.bearer(access)))
    }

    private func own(_ api: TestAPI, _ query: String = "", as access: String) async throws -> TestAnswer {
        try await api.send(.get, "/api/v1/flags\(query)", headers: TestAPI.bearer(access))
    }

    @Test func `a flag is made, listed, shown, replaced and removed`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator().access
            let bearer = TestAPI.bearer(root)
            let json = """
                {"description":"The editor","default":false,"rules":[{"attribute":"plan","operator":"in",\
                "values":["pro"],"percentage":50,"value":true},{"attribute":"user","operator":"any","value":false}]}
                """
            let made = try await set(api, "new-editor", json, as: root)
            let time = api.time.now.description
            let told = """
                {"key":"new-editor","description":"The editor","default":false,"rules":[{"attribute":"plan",\
                "operator":"in","values":["pro"],"percentage":50,"value":true},{"attribute":"user","operator":"any",\
                "values":[],"percentage":100,"value":false}],"created_at":"\(time)","updated_at":"\(time)"}
                """
            #expect(made.status == 200 && made.text == told)
            let shown = try await api.send(.get, "\(Self.path)/new-editor", headers: bearer)
            #expect(shown.text == told)
            _ = try await set(api, "a-first", as: root)
            let list = try await api.send(.get, Self.path, headers: bearer)
            #expect(list.data.compactMap { $0["key"] as? String } == ["a-first", "new-editor"])
            // What was shown may be sent back.
            #expect(try await set(api, "new-editor", shown.text, as: root).text == told)
            let replaced = try await set(api, as: root)
            #expect((replaced["rules"] as? [Any])?.isEmpty == true && replaced["description"] as? String == "")
            #expect(try await api.send(.delete, "\(Self.path)/new-editor", headers: bearer).status == 204)
            #expect(try await api.send(.get, "\(Self.path)/new-editor", headers: bearer).code == "not_found")
            #expect(try await api.send(.delete, "\(Self.path)/new-editor", headers: bearer).code == "not_found")
            #expect(try await set(api, "No%20key", as: root).code == "not_found")
        }
    }

    @Test func `a flag that is no longer what it was taken for stays`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator().access
            let absent = try await set(api, as: root, headers: [.ifMatch: "*"])
            #expect(absent.code == "precondition_failed")
            let made = try await set(api, as: root)
            let tag = try #require(
                try await api.send(.get, "\(Self.path)/new-editor", headers: TestAPI.bearer(root)).headers[.eTag])
            #expect(made.status == 200)
            let changed = try await set(api, "new-editor", #"{"default":true}"#, as: root, headers: [.ifMatch: tag])
            #expect(changed["default"] as? Bool == true)
            for stale in [tag, #""x""#] {
                #expect(try await set(api, as: root, headers: [.ifMatch: stale]).code == "precondition_failed")
                let headers: HTTPFields = [.ifMatch: stale]
                let removal = try await api.send(
                    .delete, "\(Self.path)/new-editor", headers: headers.merging(TestAPI.bearer(root)))
                #expect(removal.code == "precondition_failed")
            }
            #expect(try await own(api, as: root).text == #"{"data":{"new-editor":true}}"#)
        }
    }

    @Test func `bad rules give all errors at once`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator().access
            let json = """
                {"description":\(String(repeating: "x", count: 501).debugDescription),"default":"yes","rules":[
                {"attribute":"users","operator":"in","values":["x"],"value":true},
                {"attribute":"user","operator":"in","values":["x","01a20b1a-905b-7750-ade0-9cb23f43b7f4",7],"value":true},
                {"attribute":"team","operator":"not_in","values":[],"value":true},
                {"attribute":"plan","operator":"any","values":["pro","a b"],"percentage":101},
                {"attribute":"email_domain","operator":"in","value":false},
                {"attribute":"email_domain","operator":"is","values":["example"],"percentage":1.5,"value":1},
                "rule"]}
                """
            let answer = try await set(api, "new-editor", json, as: root)
            #expect(answer.status == 422 && answer.code == "validation_failed")
            #expect(
                Set(answer.pointers) == [
                    "/description", "/default", "/rules/0/attribute", "/rules/1/values/0", "/rules/1/values/2",
                    "/rules/2/values", "/rules/3/values", "/rules/3/values/1", "/rules/3/percentage",
                    "/rules/3/value", "/rules/4/values", "/rules/5/operator", "/rules/5/values/0",
                    "/rules/5/percentage", "/rules/5/value", "/rules/6",
                ])
            let rule = #"{"attribute":"user","operator":"any","value":true}"#
            let many = Array(repeating: rule, count: FeatureFlag.mostRules + 1).joined(separator: ",")
            #expect(try await set(api, "new-editor", #"{"rules":[\#(many)]}"#, as: root).pointers == ["/rules"])
            #expect(try await api.database.scoped(.system).flags.all().all.isEmpty)
        }
    }

    @Test func `everybody learns which flags are on for them, alone and in their teams`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator().access
            let (ada, grace) = (try await api.register(), try await api.register("grace@example.com"))
            let team = try await api.team(as: ada.access)
            let (adaID, id) = (try await api.id(), team)
            let rules = [
                ("mine", "user", "[\"\(adaID)\"]"), ("ours", "team", "[\"\(id)\"]"), ("free", "plan", #"["free"]"#),
                ("staff", "email_domain", #"["example.com"]"#),
            ]
            for (key, attribute, values) in rules {
                let rule = #"{"attribute":"\#(attribute)","operator":"in","values":\#(values),"value":true}"#
                #expect(try await set(api, key, #"{"rules":[\#(rule)]}"#, as: root).status == 200)
            }
            let alone = #"{"data":{"free":false,"mine":true,"ours":false,"staff":false}}"#
            #expect(try await own(api, as: ada.access).text == alone)
            #expect(
                try await own(api, "?team=\(team)", as: ada.access).text
                    == #"{"data":{"free":true,"mine":true,"ours":true,"staff":false}}"#)
            try await api.change { $0.emailVerifiedAt = api.time.now }
            #expect(
                try await own(api, as: ada.access).text
                    == #"{"data":{"free":false,"mine":true,"ours":false,"staff":true}}"#)
            #expect(try await own(api, "?team=\(team)", as: grace.access).code == "not_found")
            #expect(try await own(api, "?team=\(team)", as: root).code == "not_found")
            #expect(
                try await own(api, "?team=01a20b1a-905b-7750-ade0-9cb23f43b7f4", as: ada.access).code == "not_found")
            #expect(try await own(api, "?team=x", as: ada.access).pointers == ["/team"])
            #expect(try await api.send(.get, "/api/v1/flags").code == "unauthenticated")
        }
    }
}
