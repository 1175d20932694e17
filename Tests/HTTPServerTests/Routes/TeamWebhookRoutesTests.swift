import Core
import Fakes
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

/// The webhooks of a team, over HTTP.
struct TeamWebhookRoutesTests {
    private static let url = "https://receiver.example.com/hook"

    @Test func `a webhook is made, its secret shown once, and shown, listed and removed`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let made = try await api.webhook(
                #"{"url":"\#(Self.url)","name":"Ledger","events":["member.added"]}"#, of: team, as: own.access)
            #expect(made.status == 201 && made.headers[.cacheControl] == "no-store")
            let (id, secret) = (try #require(made["id"] as? String), try #require(made["secret"] as? String))
            #expect(secret.hasPrefix("whsec_") && made.headers[.location] == "/api/v1/teams/\(team)/webhooks/\(id)")
            let shown = try await api.teams(.get, "/\(team)/webhooks/\(id)", as: own.access)
            #expect(shown.status == 200 && shown["url"] as? String == Self.url && shown["name"] as? String == "Ledger")
            #expect(shown["events"] as? [String] == ["member.added"] && shown["is_active"] as? Bool == true)
            let list = try await api.teams(.get, "/\(team)/webhooks", as: own.access)
            #expect(list.data.map { $0["id"] as? String } == [id])
            #expect(!shown.text.contains(secret) && !list.text.contains(secret))
            #expect(try await api.teams(.delete, "/\(team)/webhooks/\(id)", as: own.access).status == 204)
            #expect(try await api.teams(.get, "/\(team)/webhooks/\(id)", as: own.access).status == 404)
        }
    }

    @Test func `asked again under one key, it is one webhook with one secret`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let key: HTTPFields = [.idempotencyKey: "once"]
            let first = try await api.teams(
                .post, "/\(team)/webhooks", #"{"url":"\#(Self.url)"}"#, as: own.access, headers: key)
            let again = try await api.teams(
                .post, "/\(team)/webhooks", #"{"url":"\#(Self.url)"}"#, as: own.access, headers: key)
            #expect(first.status == 201 && first.text == again.text)
            #expect(try await api.teams(.get, "/\(team)/webhooks", as: own.access).data.count == 1)
        }
    }

    @Test func `it is changed where it is still what the caller saw, paused and resumed`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let path = try await api.webhookPath(of: team, as: own.access)
            let seen = try #require(try await api.teams(.get, path, as: own.access).headers[.eTag])
            let paused = try await api.teams(
                .patch, path, #"{"is_active":false}"#, as: own.access, headers: [.ifMatch: seen])
            #expect(paused.status == 200 && paused["pause"] as? String == "requested")
            let late = try await api.teams(
                .patch, path, #"{"name":"Late"}"#, as: own.access, headers: [.ifMatch: seen])
            #expect(late.status == 412)
            #expect(try await api.teams(.delete, path, as: own.access, headers: [.ifMatch: seen]).status == 412)
            let refused = try await api.teams(.post, "\(path)/test", as: own.access)
            #expect(refused.status == 409 && refused.code == "webhook_paused")
            let resumed = try await api.teams(
                .patch, path, #"{"is_active":true,"events":["*"]}"#, as: own.access)
            #expect(resumed["is_active"] as? Bool == true && resumed["events"] as? [String] == ["*"])
        }
    }

    @Test func `a test and a redelivery wait to be sent, the same event twice`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let path = try await api.webhookPath(of: team, as: own.access)
            let sent = try await api.teams(.post, "\(path)/test", as: own.access)
            #expect(sent.status == 202 && sent["type"] as? String == "webhook.test")
            let (id, event) = (try #require(sent["id"] as? String), try #require(sent["event_id"] as? String))
            api.pass(seconds: 1)
            let again = try await api.teams(.post, "\(path)/deliveries/\(id)/redeliver", as: own.access)
            #expect(again.status == 202 && again["event_id"] as? String == event && again["id"] as? String != id)
            let list = try await api.teams(.get, "\(path)/deliveries", as: own.access)
            #expect(list.data.map { $0["id"] as? String } == [again["id"] as? String, id])
            #expect(list.data.allSatisfy { $0["state"] as? String == "pending" })
            let unknown = "\(path)/deliveries/0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f/redeliver"
            #expect(try await api.teams(.post, unknown, as: own.access).status == 404)
        }
    }

    @Test func `a rotated secret is another one, and the overlap a week at most`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let path = try await api.webhookPath(of: team, as: own.access)
            let first = try await api.teams(.post, "\(path)/rotate-secret", as: own.access)
            let second = try await api.teams(
                .post, "\(path)/rotate-secret", #"{"overlap_seconds":0}"#, as: own.access)
            #expect(first.status == 200 && second.status == 200 && first.headers[.cacheControl] == "no-store")
            #expect(first["secret"] as? String != second["secret"] as? String)
            for seconds in [-1, 604_801] {
                let refused = try await api.teams(
                    .post, "\(path)/rotate-secret", #"{"overlap_seconds":\#(seconds)}"#, as: own.access)
                #expect(refused.status == 422 && refused.pointers == ["/overlap_seconds"])
            }
        }
    }

    @Test(arguments: [
        (#"{"url":"http://receiver.example.com/"}"#, "/url"), (#"{"url":"https://127.0.0.1/"}"#, "/url"),
        (#"{"url":"https://a:b@receiver.example.com/"}"#, "/url"), (#"{"url":"nowhere"}"#, "/url"),
        (#"{"url":"https://receiver.example.com/","events":[]}"#, "/events"),
        (#"{"url":"https://receiver.example.com/","events":["webhook.test"]}"#, "/events/0"), (#"{}"#, "/url"),
    ])
    func `what can't be called, or wants nothing, is refused with the place`(json: String, pointer: String) async throws
    {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let answer = try await api.webhook(json, of: team, as: own.access)
            #expect(answer.status == 422 && answer.pointers == [pointer])
        }
    }

    @Test func `a name whose characters are long is refused, not lost in the database`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let name = String(repeating: "👩‍👩‍👧‍👦", count: 50)
            let answer = try await api.webhook(#"{"url":"\#(Self.url)","name":"\#(name)"}"#, of: team, as: own.access)
            #expect(answer.status == 422 && answer.pointers == ["/name"])
        }
    }

    @Test func `another team's webhook is as little there as none`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let (team, others) = (try await api.team(as: own.access), try await api.team(named: "B", as: other.access))
            let path = try await api.webhookPath(of: team, as: own.access)
            let id = try #require(path.split(separator: "/").last)
            let absent = "0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f"
            for (method, rest) in [
                (HTTPRequest.Method.get, ""), (.delete, ""), (.get, "/deliveries"), (.post, "/test"),
                (.post, "/rotate-secret"), (.post, "/deliveries/\(absent)/redeliver"),
            ] {
                // By its own team, of which the caller is no member; by the caller's own; and one that is nowhere.
                for place in ["\(team)/webhooks/\(id)", "\(others)/webhooks/\(id)", "\(others)/webhooks/\(absent)"] {
                    let answer = try await api.teams(method, "/\(place)\(rest)", as: other.access)
                    #expect(answer.status == 404 && answer.code == "not_found", "\(method) \(place)\(rest)")
                }
            }
            #expect(try await api.teams(.get, path, as: own.access).status == 200)
        }
    }

    @Test func `reading takes one permission, changing another, and a secret a session`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            let path = try await api.webhookPath(of: team, as: own.access)
            try await api.join(team, other.access, as: .member)
            #expect(try await api.teams(.get, path, as: other.access).code == "forbidden")
            #expect(try await api.teams(.post, "\(path)/test", as: other.access).code == "forbidden")
            let reader = try await api.apiKey("webhooks:read", as: own.access).secret
            let writer = try await api.apiKey("webhooks:write", as: own.access).secret
            #expect(try await api.teams(.get, path, as: reader).status == 200)
            #expect(try await api.teams(.get, "\(path)/deliveries", as: reader).status == 200)
            #expect(try await api.teams(.delete, path, as: reader).status == 403)
            #expect(try await api.teams(.post, "\(path)/test", as: writer).status == 202)
            #expect(try await api.teams(.post, "\(path)/rotate-secret", as: writer).status == 403)
            #expect(try await api.webhook(#"{"url":"\#(Self.url)"}"#, of: team, as: writer).status == 403)
        }
    }

    @Test func `every change leaves its row, which names the host and no path`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let path = try await api.webhookPath(of: team, as: own.access)
            for (method, rest, json) in [
                (HTTPRequest.Method.patch, "", #"{"name":"Other"}"#), (.post, "/rotate-secret", nil),
                (.post, "/test", nil), (.delete, "", nil),
            ] {
                api.pass(seconds: 1)
                #expect(try await api.teams(method, "\(path)\(rest)", json, as: own.access).status < 300)
            }
            let log = try await api.teams(.get, "/\(team)/audit-log?limit=100", as: own.access)
            #expect(
                log.data.reversed().dropFirst().map { $0["action"] as? String } == [
                    "webhook.created", "webhook.updated", "webhook.secret_rotated", "webhook.tested", "webhook.removed",
                ])
            #expect(!log.text.contains("/hook"))
        }
    }

    @Test func `what happens in the team is on its way to whoever wants it`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            let path = try await api.webhookPath(of: team, as: own.access)
            try await api.join(team, other.access, as: .member)
            let bob = try await api.id(of: other.access)
            for (method, rest, json) in [
                (HTTPRequest.Method.patch, "", #"{"name":"Looms"}"#),
                (.patch, "/members/\(bob)", #"{"role":"viewer"}"#), (.delete, "/members/\(bob)", nil),
            ] {
                api.pass(seconds: 1)
                #expect(try await api.teams(method, "/\(team)\(rest)", json, as: own.access).status < 300)
            }
            let list = try await api.teams(.get, "\(path)/deliveries", as: own.access)
            #expect(
                list.data.reversed().map { $0["type"] as? String } == [
                    "team.updated", "member.role_changed", "member.removed",
                ])
        }
    }
}

extension TestAPI {
    fileprivate func webhook(_ json: String, of team: String, as access: String) async throws -> TestAnswer {
        try await teams(.post, "/\(team)/webhooks", json, as: access)
    }

    /// Makes a webhook that wants everything, and returns its path below `/teams`.
    fileprivate func webhookPath(of team: String, as access: String) async throws -> String {
        pass(seconds: 1)
        let made = try await webhook(#"{"url":"https://receiver.example.com/hook"}"#, of: team, as: access)
        #expect(made.status == 201)
        return "/\(team)/webhooks/\(try #require(made["id"] as? String))"
    }
}
