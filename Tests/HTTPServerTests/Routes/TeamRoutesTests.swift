import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Making, showing, changing and removing teams.
struct TeamRoutesTests {
    @Test func `a team is made, shown and listed`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let made = try await api.teams(.post, "", #"{"name":"  Analytical Engines "}"#, as: own.access)
            #expect(made.status == 201)
            #expect(
                Set(made.json.keys) == [
                    "id", "name", "slug", "owner_id", "role", "avatar_url", "created_at", "updated_at",
                ])
            #expect(made["name"] as? String == "Analytical Engines" && made["slug"] as? String == "analytical-engines")
            #expect(made["role"] as? String == "owner")
            #expect(made["owner_id"] as? String == (try await api.id(of: own.access)))
            let path = try #require(made.headers[.location])
            let shown = try await api.send(.get, path, headers: TestAPI.bearer(own.access))
            #expect(shown.status == 200 && shown.body == made.body && shown.headers[.eTag] != nil)
            let list = try await api.teams(.get, as: own.access)
            #expect(list.data.count == 1 && list.data.first?["slug"] as? String == "analytical-engines")
            let other = try await api.register("bob@example.com")
            #expect(try await api.teams(.get, as: other.access).data.isEmpty)
        }
    }

    @Test(arguments: [
        (#"{"name":""}"#, "/name"), (#"{"name":"A","slug":"A B"}"#, "/slug"), (#"{"name":"A","slug":"a"}"#, "/slug"),
        (#"{"name":"A","slug":"-a"}"#, "/slug"), (#"{"slug":"engines"}"#, "/name"), (#"{"name":7}"#, "/name"),
    ])
    func `what is no team is refused with the place`(json: String, pointer: String) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let answer = try await api.teams(.post, "", json, as: own.access)
            #expect(answer.status == 422 && answer.pointers == [pointer])
        }
    }

    @Test func `a request sent again under its key makes one team`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let key: HTTPFields = [.idempotencyKey: "k1"]
            let first = try await api.teams(.post, "", #"{"name":"Engines"}"#, as: own.access, headers: key)
            let second = try await api.teams(.post, "", #"{"name":"Engines"}"#, as: own.access, headers: key)
            #expect(first.status == 201 && second.status == 201 && second.body == first.body)
            #expect(try await api.teams(.get, as: own.access).data.count == 1)
        }
    }

    @Test func `names are changed under the tag the caller saw, and a taken one is told`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let (team, other) = (try await api.team(as: own.access), try await api.team(named: "Other", as: own.access))
            let tag = try #require(try await api.teams(.get, "/\(team)", as: own.access).headers[.eTag])
            let changed = try await api.teams(
                .patch, "/\(team)", #"{"name":"Looms"}"#, as: own.access, headers: [.ifMatch: tag])
            #expect(changed.status == 200 && changed["name"] as? String == "Looms")
            let late = try await api.teams(
                .patch, "/\(team)", #"{"name":"Mills"}"#, as: own.access, headers: [.ifMatch: tag])
            #expect(late.status == 412 && late.code == "precondition_failed")
            let taken = try await api.teams(.patch, "/\(other)", #"{"slug":"engines"}"#, as: own.access)
            #expect(taken.status == 409 && taken.code == "slug_taken")
            #expect(
                try await api.teams(.get, "/\(team)", as: own.access).body == changed.body)
        }
    }

    @Test func `an absent team and somebody else's are the same to the byte`() async throws {
        try await TestAPI.run { api async throws in
            let (own, stranger) = (try await api.register(), try await api.register("eve@example.com"))
            let team = try await api.team(as: own.access)
            let (user, role) = (try await api.id(of: own.access), "0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f")
            let absent = "0198c5f0-6b5e-7c3a-9d2e-000000000000"
            let asked: [(HTTPRequest.Method, String, String?)] = [
                (.get, "", nil), (.patch, "", #"{"name":"B"}"#), (.delete, "", nil), (.get, "/permissions", nil),
                (.get, "/settings", nil), (.put, "/settings", #"{"require_mfa":true,"address_ranges":[]}"#),
                (.post, "/transfer-ownership", #"{"user_id":"\#(user)"}"#), (.post, "/leave", nil),
                (.get, "/members", nil), (.patch, "/members/\(user)", #"{"role":"viewer"}"#),
                (.delete, "/members/\(user)", nil), (.get, "/roles", nil),
                (.post, "/roles", #"{"name":"R","permissions":["team:read"]}"#),
                (.patch, "/roles/\(role)", #"{"name":"R"}"#), (.delete, "/roles/\(role)", nil),
                (.get, "/grants", nil), (.delete, "/grants/\(role)", nil),
                (
                    .post, "/grants",
                    #"{"resource_type":"file","resource_id":"a","subject":{"role":"viewer"},"permission":"files:read"}"#
                ),
                (.get, "/avatar", nil), (.put, "/avatar", "GIF89a"), (.delete, "/avatar", nil),
                (.get, "/domains", nil), (.post, "/domains", #"{"domain":"example.org"}"#),
                (.delete, "/domains/\(role)", nil), (.post, "/domains/\(role)/verify", #"{"method":"dns"}"#),
                (.post, "/join", nil),
            ]
            for (method, path, json) in asked {
                let foreign = try await api.teams(method, "/\(team)\(path)", json, as: stranger.access)
                let none = try await api.teams(method, "/\(absent)\(path)", json, as: stranger.access)
                #expect(foreign.status == 404 && foreign.comparable == none.comparable, "\(method) \(path)")
            }
            #expect(try await api.teams(.get, "/\(team)", as: own.access)["name"] as? String == "Engines")
        }
    }

    @Test func `a team is deleted in a fresh session, under the tag the caller saw`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let wrong = try await api.teams(.delete, "/\(team)", as: own.access, headers: [.ifMatch: #""x""#])
            #expect(wrong.status == 412)
            api.pass(seconds: 16 * 60)
            let later = try await api.renew(own)
            let refused = try await api.teams(.delete, "/\(team)", as: later.access)
            #expect(refused.status == 403 && refused.code == "reauthentication_required")
            let fresh = try TestAPI.tokens(of: try await api.signIn())
            #expect(try await api.teams(.delete, "/\(team)", as: fresh.access).status == 204)
            #expect(try await api.teams(.get, "/\(team)", as: fresh.access).status == 404)
        }
    }

    @Test func `what a team asks of its members is kept, and shuts nobody out of what they set`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let path = "/\(team)/settings"
            let before = try await api.teams(.get, path, as: own.access)
            #expect(before["require_mfa"] as? Bool == false && (before["address_ranges"] as? [String]) == [])
            let locked = try await api.teams(
                .put, path, #"{"require_mfa":true,"address_ranges":[]}"#, as: own.access)
            #expect(locked.status == 409 && locked.code == "lockout")
            let set = try await api.teams(
                .put, path, #"{"require_mfa":false,"address_ranges":["127.0.0.1","2001:DB8::/32"]}"#, as: own.access)
            #expect(set.status == 200)
            #expect(set["address_ranges"] as? [String] == ["127.0.0.1/32", "2001:db8::/32"])
            let elsewhere = try await api.send(
                .get, "/api/v1/teams/\(team)", headers: TestAPI.bearer(own.access), peer: "192.0.2.9")
            #expect(elsewhere.status == 403 && elsewhere.code == "address_not_allowed")
            let wrong = try await api.teams(
                .put, path, #"{"require_mfa":false,"address_ranges":["here"]}"#, as: own.access)
            #expect(wrong.status == 422 && wrong.pointers == ["/address_ranges/0"])
        }
    }

    @Test func `an API key does in the teams of its person what it was made for`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let made = try await api.createAPIKey(scopes: ["team:read"], as: own.access)
            let key = try #require(made["secret"] as? String)
            #expect(try await api.teams(.get, "/\(team)", as: key).status == 200)
            #expect(
                try await api.teams(.get, "/\(team)/permissions", as: key)["permissions"] as? [String] == ["team:read"])
            for (method, path, json) in [
                (.patch, "", #"{"name":"B"}"#), (.get, "/members", nil), (.delete, "", nil), (.get, "/roles", nil),
            ] as [(HTTPRequest.Method, String, String?)] {
                let answer = try await api.teams(method, "/\(team)\(path)", json, as: key)
                #expect(answer.status == 403 && answer.code == "forbidden", "\(method) \(path)")
            }
        }
    }

    @Test func `the only owner of a team does not delete the account`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            let refused = try await api.send(.delete, "/api/v1/users/me", headers: TestAPI.bearer(own.access))
            #expect(refused.status == 409 && refused.code == "sole_owner")
            try await api.join(team, other.access, as: .owner)
            let accepted = try await api.send(.delete, "/api/v1/users/me", headers: TestAPI.bearer(own.access))
            #expect(accepted.status == 202)
            let last = try await api.teams(.post, "/\(team)/leave", as: other.access)
            #expect(last.status == 409 && last.code == "last_owner")
        }
    }
}
