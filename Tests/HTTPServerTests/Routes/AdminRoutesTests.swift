import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

struct AdminRoutesTests {
    private static let log = "/api/v1/admin/audit-log"

    @Test func `all logs are read by who, what, when and whose`() async throws {
        try await TestAPI.run { api async throws in
            let root = try await api.administrator()
            _ = try await api.registerProven()
            let start = api.time.now
            api.pass(seconds: 10)
            let path = "/admin/users/\(try await api.id())/suspend"
            _ = try await api.post(path, #"{"reason":"Spam"}"#, as: root.access)
            let (ada, administrator) = (try await api.id(), try await api.id("root@example.com"))
            func listed(_ query: String) async throws -> [[String: Any]] {
                let answer = try await api.send(.get, "\(Self.log)?\(query)", headers: TestAPI.bearer(root.access))
                #expect(answer.status == 200, "\(answer.text)")
                return answer.data
            }
            let all = try await listed("")
            #expect(all.count == 5)
            let row = try #require(all.first)
            #expect(
                Set(row.keys) == [
                    "id", "action", "actor", "api_key", "impersonator", "user_id", "team_id", "target_type",
                    "target_id", "ip",
                    "request_id", "changes", "created_at",
                ])
            #expect(row["action"] as? String == "user.suspended")
            #expect(row["actor"] as? String == administrator.description)
            #expect(row["user_id"] as? String == ada.description)
            #expect(row["changes"] as? [String: String] == ["reason": "Spam"])
            #expect(row["ip"] as? String == "127.0.0.1")
            #expect(try await listed("user=\(ada)").count == 3)
            #expect(try await listed("user=\(ada)&actor=\(administrator)").count == 1)
            #expect(try await listed("actor=\(administrator)").count == 3)
            #expect(try await listed("action=user.suspended").count == 1)
            #expect(try await listed("action=user").isEmpty)
            let later = (start + .seconds(1)).description
            #expect(try await listed("from=\(later)").count == 1)
            #expect(try await listed("to=\(later)").count == 4)
            #expect(try await listed("from=\(later)&to=\(later)").isEmpty)
            for query in ["actor=x", "user=1", "from=yesterday", "action=", "cursor=x", "limit=101"] {
                let answer = try await api.send(.get, "\(Self.log)?\(query)", headers: TestAPI.bearer(root.access))
                #expect(answer.status == 422 || answer.code == "invalid_cursor", "\(query)")
            }
        }
    }

    @Test func `a log is read in pages`() async throws {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            _ = try await api.registerProven()
            var (ids, cursor): ([String], String?) = ([], nil)
            repeat {
                let after = cursor.map { "&cursor=\($0)" } ?? ""
                let page = try await api.send(.get, "\(Self.log)?limit=2\(after)", headers: root)
                ids += page.data.compactMap { $0["id"] as? String }
                cursor = page["next_cursor"] as? String
            } while cursor != nil
            #expect(ids.count == 4 && Set(ids).count == 4)
        }
    }

    @Test func `the installation is told in numbers`() async throws {
        try await TestAPI.run { api async throws in
            let root = TestAPI.bearer(try await api.administrator().access)
            for name in ["ada", "bob", "eve"] { _ = try await api.register("\(name)@example.com") }
            try await api.suspend("bob@example.com")
            try await api.beginDeletion("eve@example.com")
            let now = api.time.now
            try await api.database.scoped(.system).jobs.enqueue(
                Job(id: .make(at: now, randomness: .system), name: "a", parameters: [], runAt: now, createdAt: now))
            let answer = try await api.send(.get, "/api/v1/admin/stats", headers: root)
            #expect(answer.status == 200)
            #expect(
                answer.text
                    == #"{"accounts":{"total":4,"seen_within_day":4,"seen_within_week":4,"seen_within_month":4,"#
                    + #""is_estimate":false,"suspended":1,"pending_deletion":1},"jobs":{"waiting":1,"parked":0}}"#)
        }
    }
}
