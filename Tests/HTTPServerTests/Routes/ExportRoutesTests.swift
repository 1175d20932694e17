import Core
import Fakes
import Foundation
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth
@testable import HTTPServer

struct ExportRoutesTests {
    private static let path = "/api/v1/users/me/exports"

    /// Does the work that waits.
    private func build(in api: TestAPI) async throws {
        let jobs = try await api.database.scoped(.system).jobs.list(name: DataExportWork.jobName, page: PageRequest())
        for job in jobs.items { try await api.installation.services.exports.build(job.decoded()) }
    }

    @Test func `an export is accepted, then ready with a link, and listed`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let asked = try await api.post("/users/me/exports", as: own.access)
            #expect(asked.status == 202)
            #expect(asked["status"] as? String == "pending")
            #expect(asked["download_url"] is NSNull && asked["expires_at"] is NSNull)
            #expect(asked.headers[.cacheControl]?.contains("no-store") == true)
            let id = try #require(asked["id"] as? String)
            #expect(try await api.post("/users/me/exports", as: own.access)["id"] as? String == id)
            try await build(in: api)

            let ready = try await api.send(.get, "\(Self.path)/\(id)", headers: TestAPI.bearer(own.access))
            #expect(ready["status"] as? String == "ready")
            #expect(ready["expires_at"] as? String == (api.time.now + .days(7)).description)
            #expect(ready["download_url"] is String)
            #expect(ready.headers[.cacheControl]?.contains("no-store") == true)
            let list = try await api.send(.get, Self.path, headers: TestAPI.bearer(own.access))
            #expect(list.data.map { $0["id"] as? String } == [id])
            #expect(try await api.mails("export_ready").count == 1)
        }
    }

    @Test func `another's export is not found, nor is one that never was`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let asked = try await api.post("/users/me/exports", as: own.access)
            let id = try #require(asked["id"] as? String)
            let foreign = try await api.send(.get, "\(Self.path)/\(id)", headers: TestAPI.bearer(other.access))
            let absent = try await api.send(
                .get, "\(Self.path)/01a20b1a-905b-7750-ade0-9cb23f43b7f4", headers: TestAPI.bearer(other.access))
            #expect(foreign.status == 404)
            #expect(foreign.comparable == absent.comparable)
        }
    }

    @Test func `the sixth at a time is refused`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            for _ in 0..<5 {
                #expect(try await api.post("/users/me/exports", as: own.access).status == 202)
                try await build(in: api)
                api.pass(seconds: 1)
            }
            let sixth = try await api.post("/users/me/exports", as: own.access)
            #expect(sixth.status == 409 && sixth.code == "limit_reached")
        }
    }

    @Test func `under one idempotency key it is asked for once`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let key: HTTPFields = [try #require(HTTPField.Name("Idempotency-Key")): "export-1"]
            let first = try await api.post("/users/me/exports", as: own.access, headers: key)
            try await build(in: api)
            #expect(try await api.post("/users/me/exports", as: own.access, headers: key).text == first.text)
            #expect(try await api.send(.get, Self.path, headers: TestAPI.bearer(own.access)).data.count == 1)
        }
    }
}
