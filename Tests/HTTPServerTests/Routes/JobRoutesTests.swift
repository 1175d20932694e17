import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

struct JobRoutesTests {
    private static let path = "/api/v1/admin/jobs"

    private func job(_ api: TestAPI, name: String = "mail.send") -> Job {
        let now = api.time.now
        return Job(id: .make(at: now, randomness: .system), name: name, parameters: [], runAt: now, createdAt: now)
    }

    @Test func `jobs are for administrators only`() async throws {
        try await TestAPI.run { api async throws in
            let id = job(api).id
            let person = TestAPI.bearer(try await api.register().access)
            let tokens = try await api.register("root@example.com")
            let root = TestAPI.bearer(tokens.access)
            let requests: [(HTTPRequest.Method, String)] = [
                (.get, Self.path), (.post, "\(Self.path)/\(id)/retry"), (.delete, "\(Self.path)/\(id)"),
            ]
            for (method, path) in requests {
                #expect(try await api.send(method, path).status == 401)
                #expect(try await api.send(method, path, headers: person).code == "forbidden")
            }
            try await api.change("root@example.com") { $0.isSuperuser = true }
            for (method, path) in requests {
                #expect(try await api.send(method, path, headers: root).code == "second_factor_required")
            }
            try await api.change("root@example.com") { $0.hasSecondFactor = true }
            let stale = TestAPI.bearer(try await api.stale(tokens).access)
            #expect(try await api.send(.get, Self.path, headers: stale).status == 200)
            for (method, path) in requests.dropFirst() {
                #expect(try await api.send(method, path, headers: stale).code == "reauthentication_required")
            }
        }
    }

    @Test func `they are listed without their parameters, by state and name`() async throws {
        try await TestAPI.run { api async throws in
            let administrator = TestAPI.bearer(try await api.administrator().access)
            let jobs = [job(api), job(api, name: "housekeeping")]
            try await api.database.scoped(.system).jobs.enqueue(jobs)
            func listed(_ query: String) async throws -> Set<String> {
                let answer = try await api.send(.get, "\(Self.path)?\(query)", headers: administrator)
                #expect(answer.status == 200, "\(answer.text)")
                #expect(answer.data.allSatisfy { $0["parameters"] == nil })
                return Set(answer.data.compactMap { $0["id"] as? String })
            }
            #expect(try await listed("") == Set(jobs.map(\.id.description)))
            #expect(try await listed("name=housekeeping") == [jobs[1].id.description])
            #expect(try await listed("state=parked").isEmpty)
            #expect(try await api.send(.get, "\(Self.path)?state=lost", headers: administrator).pointers == ["/state"])
        }
    }

    @Test func `a waiting job is cancelled and started anew, and both are in the audit log`() async throws {
        try await TestAPI.run { api async throws in
            let administrator = TestAPI.bearer(try await api.administrator().access)
            let job = job(api)
            try await api.database.scoped(.system).jobs.enqueue(job)
            let path = "\(Self.path)/\(job.id)"
            #expect(try await api.send(.post, "\(path)/retry", headers: administrator).code == "state_conflict")
            #expect(try await api.send(.delete, path, headers: administrator).status == 204)
            #expect(try await api.send(.delete, path, headers: administrator).code == "state_conflict")
            let again = try await api.send(.post, "\(path)/retry", headers: administrator)
            #expect(again.status == 200)
            #expect(again["state"] as? String == "available")
            let absent = "\(Self.path)/01a20b1a-905b-7750-ade0-9cb23f43b7f4"
            let rows = try await api.database.scoped(.system).auditLog
                .list(.everything, matching: AuditFilter(actor: api.id("root@example.com")), page: PageRequest())
            let acts = rows.items.filter { $0.targetID == job.id.description }.map(\.action)
            #expect(acts.sorted() == ["job.cancelled", "job.retried"])
            #expect(try await api.send(.delete, absent, headers: administrator).status == 404)
            #expect(try await api.send(.post, "\(absent)/retry", headers: administrator).status == 404)
        }
    }
}
