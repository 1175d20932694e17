import Core
import Fakes
import HTTPTypes
import Testing

@testable import HTTPServer

/// Domains of teams, and joining by them, over HTTP. A team has five seats here.
struct DomainRoutesTests {
    @Test func `a domain is added, proven by its record, listed and taken away`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let made = try await api.teams(.post, "/\(team)/domains", #"{"domain":"Example.ORG"}"#, as: own.access)
            #expect(made.status == 201 && made["status"] as? String == "pending")
            #expect(made["domain"] as? String == "example.org" && made["role"] as? String == "member")
            let record = try #require(made["record"] as? [String: Any])
            #expect(record["type"] as? String == "TXT")
            #expect(record["name"] as? String == "_plinth-challenge.example.org")
            let value = try #require(record["value"] as? String)
            #expect(value.hasPrefix("plinth-verification="))
            let id = try #require(made["id"] as? String)
            #expect(made.headers[.location] == "/api/v1/teams/\(team)/domains/\(id)")
            let path = "/\(team)/domains/\(id)"
            let early = try await api.teams(.post, "\(path)/verify", #"{"method":"dns"}"#, as: own.access)
            #expect(early.status == 409 && early.code == "record_missing")
            api.installation.records.set([value], of: "_plinth-challenge.example.org")
            let verified = try await api.teams(.post, "\(path)/verify", #"{"method":"dns"}"#, as: own.access)
            #expect(verified.status == 200 && verified["status"] as? String == "verified")
            #expect(verified["verified_by"] as? String == "dns" && verified["expires_at"] is String == false)
            let list = try await api.teams(.get, "/\(team)/domains", as: own.access)
            #expect(list.data.map { $0["id"] as? String } == [id])
            #expect(try await api.teams(.delete, path, as: own.access).status == 204)
            #expect(try await api.teams(.delete, path, as: own.access).status == 404)
        }
    }

    @Test func `the link in the postmaster's mail proves it, by whoever has it`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let path = try await api.domain("example.org", of: team, as: own.access)
            let sent = try await api.teams(.post, "\(path)/verify", #"{"method":"email"}"#, as: own.access)
            #expect(sent.status == 202 && sent["status"] as? String == "link_sent")
            let soon = try await api.teams(.post, "\(path)/verify", #"{"method":"email"}"#, as: own.access)
            #expect(soon.status == 429 && soon.headers[.retryAfter] == "60")
            let token = try await api.token(in: "verify_domain", to: "postmaster@example.org")
            let wrong = try await api.post("/domains/verify", #"{"token":"nothing"}"#)
            #expect(wrong.status == 400 && wrong.code == "invalid_token")
            #expect(try await api.post("/domains/verify", #"{"token":"\#(token)"}"#).status == 204)
            #expect(try await api.post("/domains/verify", #"{"token":"\#(token)"}"#).status == 400)
            let list = try await api.teams(.get, "/\(team)/domains", as: own.access)
            #expect(list.data.map { $0["verified_by"] as? String } == ["email"])
        }
    }

    @Test func `two teams can't both prove one domain`() async throws {
        try await TestAPI.run { api async throws in
            let (own, bob) = (try await api.register(), try await api.register("bob@example.com"))
            let (team, other) = (try await api.team(as: own.access), try await api.team(as: bob.access))
            try await api.verifiedDomain("example.org", of: team, as: own.access)
            let path = try await api.domain("example.org", of: other, as: bob.access)
            let list = try await api.teams(.get, "/\(other)/domains", as: bob.access)
            let record = try #require(list.data.first?["record"] as? [String: Any])
            api.installation.records.set(
                [try #require(record["value"] as? String)], of: "_plinth-challenge.example.org")
            let taken = try await api.teams(.post, "\(path)/verify", #"{"method":"dns"}"#, as: bob.access)
            #expect(taken.status == 409 && taken.code == "domain_taken")
        }
    }

    @Test func `who has an address there joins; to others the team is as absent as one that never was`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            try await api.verifiedDomain("example.org", of: team, as: own.access)
            let bob = try await api.registerProven("bob@example.org")
            let open = try await api.send(.get, "/api/v1/users/me/joinable-teams", headers: TestAPI.bearer(bob.access))
            #expect(open.status == 200)
            let shown = try #require(open.data.first)
            #expect((shown["team"] as? [String: Any])?["id"] as? String == team)
            #expect(shown["domain"] as? String == "example.org" && shown["role"] as? String == "member")

            let absent = "01900000-0000-7000-8000-000000000001"
            let eve = try await api.registerProven("eve@example.com")
            let unproven = try await api.register("mary@example.org")
            for stranger in [eve, unproven] {
                let list = try await api.send(
                    .get, "/api/v1/users/me/joinable-teams", headers: TestAPI.bearer(stranger.access))
                #expect(list.status == 200 && list.data.isEmpty)
                let closed = try await api.teams(.post, "/\(team)/join", as: stranger.access)
                let nowhere = try await api.teams(.post, "/\(absent)/join", as: stranger.access)
                #expect(closed.status == 404 && closed.code == "not_found")
                #expect(closed.comparable.replacing(team, with: absent) == nowhere.comparable)
            }

            let joined = try await api.teams(.post, "/\(team)/join", as: bob.access)
            #expect(joined.status == 200 && joined["id"] as? String == team && joined["role"] as? String == "member")
            let again = try await api.teams(.post, "/\(team)/join", as: bob.access)
            #expect(again.status == 409 && again.code == "already_member")
            let removed = try await api.teams(.delete, "/\(team)/members/\(api.id(of: bob.access))", as: own.access)
            #expect(removed.status == 204)
            #expect(try await api.teams(.post, "/\(team)/join", as: bob.access).status == 404)
        }
    }

    @Test func `without a seat it is a matter of the plan`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            try await api.verifiedDomain("example.org", of: team, as: own.access)
            for number in 0..<4 {
                let person = try await api.registerProven("p\(number)@example.org")
                #expect(try await api.teams(.post, "/\(team)/join", as: person.access).status == 200)
            }
            let late = try await api.registerProven("late@example.org")
            let refused = try await api.teams(.post, "/\(team)/join", as: late.access)
            #expect(refused.status == 403 && refused.code == "upgrade_required")
            #expect(refused["limit"] as? Int == 5 && refused["used"] as? Int == 5)
        }
    }

    @Test(arguments: [
        (#"{"domain":"gmail.com"}"#, "/domain"), (#"{"domain":"localhost"}"#, "/domain"),
        (#"{"domain":"example.org."}"#, "/domain"), (#"{"domain":"https://example.org"}"#, "/domain"),
        (#"{"domain":"example.org","role":"owner"}"#, "/role"), (#"{"domain":"example.org","role":"king"}"#, "/role"),
        (#"{"role":"member"}"#, "/domain"),
    ])
    func `what is no domain of a team is refused with where`(json: String, pointer: String) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let refused = try await api.teams(.post, "/\(team)/domains", json, as: own.access)
            #expect(refused.status == 422)
            #expect(refused.pointers == [pointer])
        }
    }

    @Test func `an international name is taken in its ASCII form`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let made = try await api.teams(.post, "/\(team)/domains", #"{"domain":"bücher.example"}"#, as: own.access)
            #expect(made["domain"] as? String == "xn--bcher-kva.example")
            let again = try await api.teams(
                .post, "/\(team)/domains", #"{"domain":"xn--bcher-kva.example"}"#, as: own.access)
            #expect(again.status == 409 && again.code == "domain_exists")
        }
    }

    @Test func `where the DNS does not answer the caller may come again`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let path = try await api.domain("example.org", of: team, as: own.access)
            api.installation.records.setUnavailable(true)
            let answer = try await api.teams(.post, "\(path)/verify", #"{"method":"dns"}"#, as: own.access)
            #expect(answer.status == 503 && answer.headers[.retryAfter] != nil)
            api.time.advance(by: .days(7))
            let fresh = try await api.signIn()
            let late = try await api.teams(
                .post, "\(path)/verify", #"{"method":"dns"}"#, as: try TestAPI.tokens(of: fresh).access)
            #expect(late.status == 410 && late.code == "domain_expired")
        }
    }
}

extension TestAPI {
    /// Adds a domain and returns its path below that of teams.
    fileprivate func domain(_ name: String, of team: String, as access: String) async throws -> String {
        let made = try await teams(.post, "/\(team)/domains", #"{"domain":"\#(name)"}"#, as: access)
        #expect(made.status == 201)
        return "/\(team)/domains/\(try #require(made["id"] as? String))"
    }

    /// Adds a domain and proves it by its record.
    fileprivate func verifiedDomain(_ name: String, of team: String, as access: String) async throws {
        let made = try await teams(.post, "/\(team)/domains", #"{"domain":"\#(name)"}"#, as: access)
        let value = try #require((made["record"] as? [String: Any])?["value"] as? String)
        installation.records.set([value], of: "_plinth-challenge.\(name)")
        let id = try #require(made["id"] as? String)
        let verified = try await teams(.post, "/\(team)/domains/\(id)/verify", #"{"method":"dns"}"#, as: access)
        #expect(verified.status == 200)
    }
}
