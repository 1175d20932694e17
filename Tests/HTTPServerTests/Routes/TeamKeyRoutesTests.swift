import API
import Core
import Fakes
import HTTPTypes
import Testing

@testable import Auth
@testable import HTTPServer

/// Managing the keys of a team, and what programs do by them.
struct TeamKeyRoutesTests {
    private static let everything = TeamKeyPermissions.permissions.map(\.rawValue)

    @Test func `a key is made, shown once, changed and deleted`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let expiry = (api.time.now + .days(30)).description
            let made = try await api.teams(
                .post, "/\(team)/api-keys",
                #"{"name":"Deploy","scopes":["team:read","members:read"],"address_ranges":["127.0.0.0/8"],"#
                    + #""expires_at":"\#(expiry)"}"#, as: own.access)
            #expect(made.status == 201 && made.headers[.cacheControl] == "no-store")
            let (id, secret) = (try #require(made["id"] as? String), try #require(made["secret"] as? String))
            #expect(made.headers[.location] == "/api/v1/teams/\(team)/api-keys/\(id)")
            #expect(
                Set(made.json.keys) == [
                    "id", "name", "prefix", "secret", "scopes", "address_ranges", "expires_at", "former_secret_until",
                    "last_used_at", "last_used_ip", "created_at", "updated_at",
                ])
            let prefix = try #require(made["prefix"] as? String)
            #expect(secret.hasPrefix("plt_") && secret.hasPrefix(prefix))
            let list = try await api.teams(.get, "/\(team)/api-keys", as: own.access)
            #expect(list.data.count == 1 && list.data.first?.keys.contains("secret") == false)
            #expect(!list.text.contains(secret.suffix(20)))
            let changed = try await api.teams(
                .patch, "/\(team)/api-keys/\(id)", #"{"name":"Reports","scopes":["team:read"]}"#, as: own.access)
            #expect(changed.status == 200 && changed["name"] as? String == "Reports")
            #expect(changed["scopes"] as? [String] == ["team:read"])
            #expect(changed["address_ranges"] as? [String] == ["127.0.0.0/8"])
            #expect(changed["expires_at"] as? String == expiry)
            #expect(try await api.teams(.get, "/\(team)", as: secret).status == 200)
            #expect(try await api.teams(.delete, "/\(team)/api-keys/\(id)", as: own.access).status == 204)
            #expect(try await api.teams(.get, "/\(team)", as: secret).status == 401)
            #expect(try await api.teams(.delete, "/\(team)/api-keys/\(id)", as: own.access).status == 404)
        }
    }

    @Test(arguments: [
        #"{"name":"A","scopes":[]}"#, #"{"name":"A","scopes":["team:delete"]}"#,
        #"{"name":"A","scopes":["api_keys:write"]}"#, #"{"name":"A","scopes":["users:read"]}"#,
        #"{"name":"A","scopes":["team:read"],"address_ranges":["x"]}"#,
        #"{"name":"A","scopes":["team:read"],"expires_at":"2020-01-01T00:00:00Z"}"#,
        #"{"name":"","scopes":["team:read"]}"#,
    ])
    func `what can't be a key is refused`(body: String) async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            #expect(try await api.teams(.post, "/\(team)/api-keys", body, as: own.access).status == 422)
            #expect(try await api.teams(.get, "/\(team)/api-keys", as: own.access).data.isEmpty)
        }
    }

    @Test func `a key acts in its team by its scopes, and any other team is not there`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let other = try await api.team(named: "Others", as: own.access)
            let reads = try await api.teamKey(in: team, ["team:read", "audit:read"], as: own.access).secret
            let shown = try await api.teams(.get, "/\(team)", as: reads)
            #expect(shown.status == 200 && shown.text.contains(#""role":null"#))
            #expect(try await api.teams(.get, "", as: reads).data.compactMap { $0["id"] as? String } == [team])
            let may = try await api.teams(.get, "/\(team)/permissions", as: reads)
            #expect(may["permissions"] as? [String] == ["audit:read", "team:read"])
            for path in ["/\(other)", "/\(other)/audit-log", "/01a20b1a-905b-7750-ade0-9cb23f43b7f4"] {
                let answer = try await api.teams(.get, path, as: reads)
                #expect(answer.status == 404 && answer.code == "not_found", "\(path)")
            }
            let refused = try await api.teams(.patch, "/\(team)", #"{"name":"Mine"}"#, as: reads)
            #expect(refused.status == 403 && refused.code == "forbidden")
            let writes = try await api.teamKey(in: team, ["team:write", "team:read"], as: own.access)
            let headers: HTTPFields = [.ifMatch: try #require(shown.headers[.eTag])]
            let renamed = try await api.teams(
                .patch, "/\(team)", #"{"name":"Renamed"}"#, as: writes.secret, headers: headers)
            #expect(renamed.status == 200 && renamed["name"] as? String == "Renamed")
            let log = try await api.teams(.get, "/\(team)/audit-log?api_key=\(writes.id)", as: reads)
            #expect(log.data.map { $0["action"] as? String } == ["team.updated"])
            #expect(log.data.first?["api_key"] as? String == writes.id)
            #expect(log.text.contains(#""actor":null"#))
        }
    }

    @Test func `no endpoint lets a key of all scopes do what takes a person`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let secret = try await api.teamKey(in: team, Self.everything, as: own.access).secret
            for endpoint in APIDescription.endpoints where try endpoint.described().body == nil {
                let traits = endpoint.traits
                switch traits.authentication {
                case .none, .optional: continue
                case .permitted(let permission) where !permission.isPersonal: continue
                case .permitted, .session, .superuser: break
                }
                let method = try #require(HTTPRequest.Method(rawValue: traits.method.rawValue))
                let answer = try await api.send(
                    method, traits.path.filled(with: team), headers: TestAPI.bearer(secret))
                #expect(answer.code == "forbidden", "\(traits.id)")
            }
            let invite = try await api.teams(
                .post, "/\(team)/invitations", #"{"email":"grace@example.com","role":"viewer"}"#, as: secret)
            #expect(invite.code == "forbidden")
            let more = try await api.teams(
                .post, "/\(team)/api-keys", #"{"name":"A","scopes":["team:read"]}"#, as: secret)
            #expect(more.code == "forbidden")
            #expect(try await api.teams(.get, "/\(team)/members", as: own.access).data.count == 1)
            #expect(try await api.teams(.get, "/\(team)/api-keys", as: secret).data.count == 1)
        }
    }

    @Test func `rotation leaves the secret before for the overlap, and ends the one before that at once`() async throws
    {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let (id, first) = try await api.teamKey(in: team, ["team:read"], as: own.access)
            func rotate(_ seconds: Int) async throws -> String {
                let answer = try await api.teams(
                    .post, "/\(team)/api-keys/\(id)/rotate", #"{"overlap_seconds":\#(seconds)}"#, as: own.access)
                #expect(answer.status == 200 && answer.headers[.cacheControl] == "no-store")
                return try #require(answer["secret"] as? String)
            }
            func status(_ secret: String) async throws -> Int {
                try await api.teams(.get, "/\(team)", as: secret).status
            }
            let second = try await rotate(60)
            #expect(try await status(first) == 200)
            #expect(try await status(second) == 200)
            let third = try await rotate(60)
            #expect(try await status(first) == 401)
            #expect(try await status(second) == 200)
            api.pass(seconds: 59)
            #expect(try await status(second) == 200)
            api.pass(seconds: 1)
            #expect(try await status(second) == 401)
            #expect(try await status(third) == 200)
            let last = try await rotate(0)
            #expect(try await status(third) == 401)
            #expect(try await status(last) == 200)
            for seconds in ["-1", "604801", "1.5", #""1""#] {
                let answer = try await api.teams(
                    .post, "/\(team)/api-keys/\(id)/rotate", #"{"overlap_seconds":\#(seconds)}"#, as: own.access)
                #expect(answer.status == 422, "\(seconds)")
            }
        }
    }

    @Test func `a key works from its own addresses, within the team's`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let made = try await api.teams(
                .post, "/\(team)/api-keys",
                #"{"name":"A","scopes":["team:read"],"address_ranges":["192.0.2.0/24","198.51.100.7"]}"#,
                as: own.access)
            let secret = try #require(made["secret"] as? String)
            func code(from peer: String?) async throws -> String? {
                try await api.send(
                    .get, "/api/v1/teams/\(team)", headers: TestAPI.bearer(secret), peer: peer
                ).code
            }
            #expect(try await code(from: "192.0.2.9") == nil)
            #expect(try await code(from: "198.51.100.7") == nil)
            #expect(try await code(from: "198.51.100.8") == "address_not_allowed")
            #expect(try await code(from: nil) == "address_not_allowed")
            let narrowed = try await api.teams(
                .put, "/\(team)/settings",
                #"{"require_mfa":false,"address_ranges":["127.0.0.0/8","192.0.2.0/24"]}"#, as: own.access)
            #expect(narrowed.status == 200)
            #expect(try await code(from: "192.0.2.9") == nil)
            #expect(try await code(from: "198.51.100.7") == "address_not_allowed")
        }
    }

    @Test func `what is no key of a team is refused, and a key ends with its time`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let expiry = (api.time.now + .seconds(60)).description
            let (id, secret) = try await api.teamKey(in: team, ["team:read"], expiresAt: expiry, as: own.access)
            let key = try #require(ID<TeamAPIKey>(id))
            let keys = api.installation.services.masterKeys
            for text in [
                TeamAPIKeySecret.make(key: key, keys: keys, randomness: .system).text, String(secret.dropLast()),
                secret.replacing("plt_", with: "plk_"), "plt_", "plt_x",
            ] {
                let answer = try await api.teams(.get, "/\(team)", as: text)
                #expect(answer.status == 401 && answer.code == "unauthenticated", "\(text)")
            }
            api.pass(seconds: 59)
            #expect(try await api.teams(.get, "/\(team)", as: secret).status == 200)
            api.pass(seconds: 1)
            #expect(try await api.teams(.get, "/\(team)", as: secret).status == 401)
        }
    }

    @Test func `a request that a program repeats has one effect, by a team's key and by a person's`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let scopes = ["roles:read", "roles:write", "audit:read"]
            let teams = try await api.teamKey(in: team, scopes, as: own.access).secret
            let made = try await api.createAPIKey(scopes: scopes, as: own.access)
            let untagged = try await api.untaggedKey(in: team, [.rolesWrite, .auditRead])
            for (name, secret) in [
                ("One", teams), ("Two", try #require(made["secret"] as? String)), ("Three", untagged),
            ] {
                let body = #"{"name":"\#(name)","permissions":["audit:read"]}"#
                let headers: HTTPFields = [.idempotencyKey: "create-\(name)"]
                let first = try await api.teams(.post, "/\(team)/roles", body, as: secret, headers: headers)
                let second = try await api.teams(.post, "/\(team)/roles", body, as: secret, headers: headers)
                #expect(first.status == 201 && second.status == 201, "\(name): \(first.text)")
                #expect(first["id"] as? String == second["id"] as? String)
            }
        }
    }

    @Test func `requests by one key count together, whatever address they come from`() async throws {
        try await TestAPI.run(requestsPerMinute: 20) { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let secret = try await api.teamKey(in: team, ["team:read"], as: own.access).secret
            var statuses: [Int] = []
            for number in 0..<21 {
                let answer = try await api.send(
                    .get, "/api/v1/teams/\(team)", headers: TestAPI.bearer(secret), peer: "192.0.2.\(number)")
                statuses.append(answer.status)
            }
            #expect(statuses == Array(repeating: 200, count: 20) + [429])
        }
    }
}
