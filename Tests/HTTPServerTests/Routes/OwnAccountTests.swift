import Core
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

struct OwnAccountTests {
    private static let path = "/api/v1/users/me"

    @Test func `a change is shown, counted and tagged anew`() async throws {
        try await TestAPI.run { api async throws in
            let bearer = TestAPI.bearer(try await api.register().access)
            let before = try await api.send(.get, Self.path, headers: bearer)
            api.pass(seconds: 1)
            let changed = try await api.send(
                .patch, Self.path,
                #"{"first_name":"Augusta","locale":"fr","time_zone":"Europe/Paris","email":"x@y.z"}"#,
                headers: bearer)
            #expect(changed.status == 200)
            #expect(changed["first_name"] as? String == "Augusta")
            #expect(changed["last_name"] as? String == "Lovelace")
            #expect(changed["locale"] as? String == "fr")
            #expect(changed["time_zone"] as? String == "Europe/Paris")
            #expect(changed["email"] as? String == "ada@example.com")
            #expect(changed["updated_at"] as? String != before["updated_at"] as? String)
            let after = try await api.send(.get, Self.path, headers: bearer)
            #expect(after.body == changed.body)
            #expect(after.headers[.eTag] == changed.headers[.eTag])
            #expect(after.headers[.eTag] != before.headers[.eTag])
            let user = try #require(
                try await api.database.scoped(.system).users.find(emailKey: "ada@example.com"))
            #expect(user.version == 2)
        }
    }

    @Test func `a tag counts in a list, weakly where nothing changes, and a star is any`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            let tag = try #require(try await api.me(token).headers[.eTag])
            #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
            for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
                let answer = try await api.me(token, headers: [.ifNoneMatch: known])
                #expect(answer.status == 304, "\(known)")
                #expect(answer.headers[.eTag] == tag)
                #expect(answer.headers[.cacheControl] == "private, no-cache")
                #expect(answer.headers[.contentType] == nil)
            }
            for other in ["\"x\"", tag + "x", "", "W/\"x\""] {
                #expect(try await api.me(token, headers: [.ifNoneMatch: other]).status == 200, "\(other)")
            }
            func patch(_ wanted: HTTPFields) async throws -> Int {
                try await api.send(
                    .patch, Self.path, "{}", headers: TestAPI.bearer(token).merging(wanted)
                ).status
            }
            for wanted in [tag, "\"x\", \(tag)", "*"] {
                #expect(try await patch([.ifMatch: wanted]) == 200, "\(wanted)")
            }
            for stale in ["\"x\"", "W/\(tag)", ""] { #expect(try await patch([.ifMatch: stale]) == 412, "\(stale)") }
        }
    }

    @Test(arguments: [
        (#"{"first_name":7}"#, "/first_name"), (#"{"first_name":""}"#, "/first_name"),
        (#"{"last_name":"a\nb"}"#, "/last_name"), (#"{"locale":"de"}"#, "/locale"),
        (#"{"time_zone":"Nowhere"}"#, "/time_zone"), (#"{"first_name":["Ada"]}"#, "/first_name"), ("[]", ""), ("7", ""),
        ("null", ""),
    ])
    func `what can't be stored is told at its place`(body: String, pointer: String) async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(
                .patch, Self.path, body, headers: TestAPI.bearer(try await api.register().access))
            #expect(answer.status == 422)
            #expect(answer.pointers == [pointer], "\(answer.text)")
        }
    }

    @Test func `without a credential nothing is read and nothing told`() async throws {
        try await TestAPI.run { api async throws in
            for (method, path) in [
                (HTTPRequest.Method.get, Self.path), (.patch, Self.path), (.get, "\(Self.path)/sessions?limit=x"),
                (.delete, "\(Self.path)/sessions"), (.delete, "\(Self.path)/sessions/x"),
                (.post, "/api/v1/auth/logout"),
            ] {
                let answer = try await api.send(method, path, method == .get ? nil : "{")
                #expect(answer.status == 401, "\(method) \(path)")
                #expect(answer.code == "unauthenticated")
                #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            }
        }
    }

    @Test func `a database that is away is told as such, with nothing of it`() async throws {
        try await TestAPI.run { api async throws in
            let token = try await api.register().access
            for (error, status, code) in [
                (DatabaseError.unavailable(retryAfter: .seconds(3)), 503, "unavailable"),
                (.outcomeUnknown, 503, "unavailable"), (.unexpected(code: "42P01"), 500, "internal_error"),
            ] {
                api.database.failNext(error)
                let answer = try await api.me(token)
                #expect(answer.status == status)
                #expect(answer.code == code)
                #expect((answer.headers[.retryAfter] != nil) == (status == 503))
                #expect(!answer.text.contains("42P01"))
            }
            #expect(try await api.me(token).status == 200)
        }
    }
}
