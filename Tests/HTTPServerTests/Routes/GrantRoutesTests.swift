import Core
import Fakes
import Foundation
import HTTPTypes
import Testing

@testable import HTTPServer

/// Permissions on single things of a team.
struct GrantRoutesTests {
    private static let toViewers =
        #"{"resource_type":"file","resource_id":"a","subject":{"role":"viewer"},"permission":"files:write"}"#

    @Test func `a grant is given, listed and taken back`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            try await api.join(team, other.access, as: .viewer)
            let bob = try await api.id(of: other.access)
            let path = "/\(team)/grants"
            let made = try await api.teams(
                .post, path,
                #"{"resource_type":"file","resource_id":"a","subject":{"user_id":"\#(bob)"},"permission":"files:read"}"#,
                as: own.access)
            #expect(made.status == 201)
            #expect(
                Set(made.json.keys) == [
                    "id", "resource_type", "resource_id", "subject", "permission", "granted_by", "created_at",
                ])
            let subject = try #require(made["subject"] as? [String: Any])
            #expect(subject["user_id"] as? String == bob && subject["role"] is NSNull)
            #expect(made["permission"] as? String == "files:read" && made["resource_id"] as? String == "a")
            let id = try #require(made["id"] as? String)
            #expect(made.headers[.location] == "/api/v1/teams\(path)/\(id)")
            api.pass(seconds: 1)
            #expect(try await api.teams(.post, path, Self.toViewers, as: own.access).status == 201)
            let all = try await api.teams(.get, path, as: own.access)
            #expect(all.data.count == 2 && all.data.last?["id"] as? String == id)
            for (query, count) in [
                ("?resource_type=file&resource_id=a", 2), ("?resource_id=b", 0), ("?resource_type=conversation", 0),
                ("?limit=1", 1),
            ] {
                #expect(try await api.teams(.get, path + query, as: own.access).data.count == count, "\(query)")
            }
            #expect(try await api.teams(.get, path, as: other.access).code == "forbidden")
            #expect(try await api.teams(.delete, "\(path)/\(id)", as: other.access).code == "forbidden")
            let wrong = try await api.teams(.delete, "\(path)/\(id)", as: own.access, headers: [.ifMatch: #""x""#])
            #expect(wrong.status == 412)
            #expect(try await api.teams(.delete, "\(path)/\(id)", as: own.access).status == 204)
            #expect(try await api.teams(.delete, "\(path)/\(id)", as: own.access).status == 404)
        }
    }

    @Test(arguments: [
        (#"{}"#, ["/permission", "/resource_id", "/resource_type", "/subject"]),
        (
            #"{"resource_type":"file","resource_id":"a","subject":{},"permission":"files:read"}"#,
            ["/subject/user_id"]
        ),
        (
            #"""
            {"resource_type":"file","resource_id":"a","permission":"files:read",
            "subject":{"role":"viewer","user_id":"0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f"}}
            """#, ["/subject/role"]
        ),
        (
            #"""
            {"resource_type":"file","resource_id":"a","permission":"files:read",
            "subject":{"user_id":"0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f"}}
            """#, ["/subject/user_id"]
        ),
        (
            #"""
            {"resource_type":"file","resource_id":"a","permission":"files:read",
            "subject":{"role":"0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f"}}
            """#, ["/subject/role"]
        ),
        (
            #"{"resource_type":"board","resource_id":"a","subject":{"role":"viewer"},"permission":"files:read"}"#,
            ["/resource_type"]
        ),
        (
            #"{"resource_type":"file","resource_id":"a","subject":{"role":"viewer"},"permission":"team:delete"}"#,
            ["/permission"]
        ),
        (
            #"{"resource_type":"file","resource_id":"a b","subject":{"role":"viewer"},"permission":"files:read"}"#,
            ["/resource_id"]
        ),
    ])
    func `what is no grant is refused with the place`(json: String, pointers: [String]) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let answer = try await api.teams(.post, "/\(team)/grants", json, as: own.access)
            #expect(answer.status == 422 && answer.pointers.sorted() == pointers)
        }
    }

    @Test func `what is granted already is told, and a request sent again under its key grants once`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let path = "/\(try await api.team(as: own.access))/grants"
            let key: HTTPFields = [.idempotencyKey: "k1"]
            let first = try await api.teams(.post, path, Self.toViewers, as: own.access, headers: key)
            let again = try await api.teams(.post, path, Self.toViewers, as: own.access, headers: key)
            #expect(first.status == 201 && again.status == 201 && again.body == first.body)
            let second = try await api.teams(.post, path, Self.toViewers, as: own.access)
            #expect(second.status == 409 && second.code == "already_granted")
        }
    }

    @Test func `an API key lists and grants within its scopes`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let path = "/\(try await api.team(as: own.access))/grants"
            let reads = try await api.apiKey("roles:read", as: own.access).secret
            let writes = try await api.apiKey("roles:write", "files:write", as: own.access).secret
            let weak = try await api.apiKey("roles:write", as: own.access).secret
            #expect(try await api.teams(.post, path, Self.toViewers, as: reads).code == "forbidden")
            #expect(try await api.teams(.post, path, Self.toViewers, as: weak).code == "role_too_high")
            #expect(try await api.teams(.post, path, Self.toViewers, as: writes).status == 201)
            #expect(try await api.teams(.get, path, as: reads).data.count == 1)
            #expect(try await api.teams(.get, path, as: writes).code == "forbidden")
        }
    }
}
