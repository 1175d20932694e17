import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Members, their roles, and whose the team is.
struct MemberRoutesTests {
    @Test func `members are listed with their names, in pages`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            try await api.join(team, other.access, as: .viewer)
            let first = try await api.teams(.get, "/\(team)/members?limit=1", as: other.access)
            let cursor = try #require(first["next_cursor"] as? String)
            let second = try await api.teams(.get, "/\(team)/members?limit=1&cursor=\(cursor)", as: other.access)
            let people = (first.data + second.data).compactMap { $0["user"] as? [String: Any] }
            #expect(people.map { $0["email"] as? String } == ["bob@example.com", "ada@example.com"])
            #expect(Set(people[0].keys) == ["id", "email", "first_name", "last_name"])
            #expect(first.data.first?["role"] as? String == "viewer" && second["next_cursor"] is String == false)
        }
    }

    @Test func `a role is given, and nobody gives what is above the own`() async throws {
        try await TestAPI.run { api async throws in
            let (own, admin) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            try await api.join(team, admin.access, as: .admin)
            let (ada, bob) = (try await api.id(of: own.access), try await api.id(of: admin.access))
            let up = try await api.teams(.patch, "/\(team)/members/\(bob)", #"{"role":"owner"}"#, as: admin.access)
            #expect(up.status == 403 && up.code == "role_too_high")
            let down = try await api.teams(.patch, "/\(team)/members/\(ada)", #"{"role":"member"}"#, as: admin.access)
            #expect(down.status == 403 && down.code == "role_too_high")
            let last = try await api.teams(.patch, "/\(team)/members/\(ada)", #"{"role":"member"}"#, as: own.access)
            #expect(last.status == 409 && last.code == "last_owner")
            let changed = try await api.teams(.patch, "/\(team)/members/\(bob)", #"{"role":"viewer"}"#, as: own.access)
            #expect(changed.status == 200 && changed["role"] as? String == "viewer")
            let stale = try await api.teams(
                .patch, "/\(team)/members/\(bob)", #"{"role":"admin"}"#, as: own.access, headers: [.ifMatch: #""x""#])
            #expect(stale.status == 412)
            let unknown = try await api.teams(
                .patch, "/\(team)/members/\(bob)", #"{"role":"\#(bob)"}"#, as: own.access)
            #expect(unknown.status == 422 && unknown.pointers == ["/role"])
            let nonsense = try await api.teams(.patch, "/\(team)/members/\(bob)", #"{"role":"boss!"}"#, as: own.access)
            #expect(nonsense.status == 422 && nonsense.pointers == ["/role"])
        }
    }

    @Test func `who was removed has lost access in that instant`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            try await api.join(team, other.access, as: .admin)
            let bob = try await api.id(of: other.access)
            #expect(try await api.teams(.get, "/\(team)", as: other.access).status == 200)
            #expect(try await api.teams(.delete, "/\(team)/members/\(bob)", as: own.access).status == 204)
            #expect(try await api.teams(.get, "/\(team)", as: other.access).status == 404)
            #expect(try await api.teams(.delete, "/\(team)/members/\(bob)", as: own.access).status == 404)
        }
    }

    @Test func `one leaves alone, and the last owner does not`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            try await api.join(team, other.access, as: .viewer)
            let key: HTTPFields = [.idempotencyKey: "k1"]
            #expect(try await api.teams(.post, "/\(team)/leave", as: other.access, headers: key).status == 204)
            #expect(try await api.teams(.post, "/\(team)/leave", as: other.access, headers: key).status == 204)
            #expect(try await api.teams(.post, "/\(team)/leave", as: other.access).status == 404)
            #expect(try await api.teams(.post, "/\(team)/leave", as: own.access).code == "last_owner")
        }
    }

    @Test func `ownership moves in one act`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            let bob = try await api.id(of: other.access)
            let body = #"{"user_id":"\#(bob)"}"#
            let early = try await api.teams(.post, "/\(team)/transfer-ownership", body, as: own.access)
            #expect(early.status == 422 && early.pointers == ["/user_id"])
            try await api.join(team, other.access, as: .member)
            let moved = try await api.teams(.post, "/\(team)/transfer-ownership", body, as: own.access)
            #expect(moved.status == 200 && moved["owner_id"] as? String == bob && moved["role"] as? String == "admin")
            #expect(try await api.teams(.get, "/\(team)", as: other.access)["role"] as? String == "owner")
            let again = try await api.teams(.post, "/\(team)/transfer-ownership", body, as: own.access)
            #expect(again.status == 403 && again.code == "forbidden")
        }
    }

    @Test func `roles are listed, made, changed, given and removed`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            try await api.join(team, other.access, as: .viewer)
            let bob = try await api.id(of: other.access)
            let made = try await api.teams(
                .post, "/\(team)/roles", #"{"name":"Auditor","permissions":["team:read","audit:read"]}"#, as: own.access
            )
            #expect(made.status == 201 && made["built_in"] as? Bool == false)
            let role = try #require(made["id"] as? String)
            #expect(made.headers[.location] == "/api/v1/teams/\(team)/roles/\(role)")
            let list = try await api.teams(.get, "/\(team)/roles", as: own.access)
            #expect(list.data.map { $0["id"] as? String } == ["owner", "admin", "member", "viewer", role])
            #expect(list.data.map { $0["built_in"] as? Bool } == [true, true, true, true, false])
            let given = try await api.teams(.patch, "/\(team)/members/\(bob)", #"{"role":"\#(role)"}"#, as: own.access)
            #expect(given["role"] as? String == role)
            let permissions = try await api.teams(.get, "/\(team)/permissions", as: other.access)
            #expect(permissions["role"] as? String == role)
            #expect(permissions["permissions"] as? [String] == ["audit:read", "team:read"])
            let used = try await api.teams(.delete, "/\(team)/roles/\(role)", as: own.access)
            #expect(used.status == 409 && used.code == "role_in_use")
            let changed = try await api.teams(
                .patch, "/\(team)/roles/\(role)", #"{"permissions":["team:read"]}"#, as: own.access)
            #expect(changed.status == 200 && changed["name"] as? String == "Auditor")
            let personal = try await api.teams(
                .post, "/\(team)/roles", #"{"name":"P","permissions":["users:read"]}"#, as: own.access)
            #expect(personal.status == 422 && personal.pointers == ["/permissions/0"])
            let taken = try await api.teams(
                .post, "/\(team)/roles", #"{"name":"AUDITOR","permissions":["team:read"]}"#, as: own.access)
            #expect(taken.status == 409 && taken.code == "role_name_taken")
            _ = try await api.teams(.patch, "/\(team)/members/\(bob)", #"{"role":"viewer"}"#, as: own.access)
            #expect(try await api.teams(.delete, "/\(team)/roles/\(role)", as: own.access).status == 204)
        }
    }
}
