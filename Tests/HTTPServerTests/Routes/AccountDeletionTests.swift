import API
import Core
import Fakes
import Foundation
import HTTPTypes
import Testing

@testable import Auth
@testable import HTTPServer

struct AccountDeletionTests {
    private static let me = "/api/v1/users/me"

    private static let withBodies: [(HTTPRequest.Method, String, String)] = [
        (.patch, "/users/me", #"{"first_name":"Augusta"}"#),
        (
            .put, "/users/me/password",
            #"{"current_password":"correct horse battery","new_password":"brisk otter lantern"}"#
        ),
        (.post, "/users/me/email", #"{"new_email":"new@example.com"}"#),
        (.post, "/users/me/api-keys", #"{"name":"CI","scopes":["users:write"]}"#),
        (.post, "/users/me/mfa/totp/confirm", #"{"code":"123456"}"#),
        (.post, "/auth/reauthenticate", #"{"password":"correct horse battery"}"#),
    ]

    private func delete(_ access: String, headers: HTTPFields = [:], in api: TestAPI) async throws -> TestAnswer {
        try await api.send(.delete, Self.me, headers: TestAPI.bearer(access).merging(headers))
    }

    @Test func `deletion is accepted with its date, signs out elsewhere and can be taken back`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.login())
            let answer = try await delete(own.access, in: api)
            #expect(answer.status == 202)
            #expect(answer.json.count == 1)
            #expect(answer["purge_at"] as? String == (api.time.now + .days(14)).description)
            #expect(try await api.me(other.access).code == "session_revoked")
            #expect(try await api.me(own.access).code == "account_pending_deletion")
            #expect(try await delete(own.access, in: api).code == "account_pending_deletion")
            #expect(try await api.mails("deletion_requested").count == 1)

            let restored = try await api.post("/users/me/restore", as: own.access)
            #expect(restored.status == 200)
            #expect(restored["is_active"] as? Bool == true)
            #expect(try await api.me(own.access).status == 200)
            #expect(try await api.post("/users/me/restore", as: own.access).text == restored.text)
            #expect(try await api.mails("account_restored").count == 1)
        }
    }

    @Test func `it takes a fresh session, and the account as it was read`() async throws {
        try await TestAPI.run { api async throws in
            var own: TestAPI.Tokens = try await api.register()
            let tag = try #require(try await api.me(own.access).headers[.eTag])
            try await api.change { $0.firstName = PersonName(stored: "Augusta") }
            #expect(try await delete(own.access, headers: [.ifMatch: tag], in: api).status == 412)
            api.pass(seconds: 15 * 60)
            own = try await api.renew(own)
            let stale = try await delete(own.access, in: api)
            #expect(stale.status == 403 && stale.code == "reauthentication_required")
            let password = #"{"password":"\#(TestAPI.password)"}"#
            #expect(try await api.post("/auth/reauthenticate", password, as: own.access).status < 300)
            let now = try #require(try await api.me(own.access).headers[.eTag])
            #expect(try await delete(own.access, headers: [.ifMatch: now], in: api).status == 202)
        }
    }

    @Test func `whoever leaves may restore, export and sign out, and nothing else`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            try await api.change { $0.isSuperuser = true }
            #expect(try await delete(own.access, in: api).status == 202)
            var admitted: [String] = []
            for endpoint in APIDescription.endpoints where endpoint.traits.isProtected {
                let traits = endpoint.traits
                guard try endpoint.described().body == nil else { continue }
                let path = traits.path.filled(with: "01a20b1a-905b-7750-ade0-9cb23f43b7f4")
                let method = try #require(HTTPRequest.Method(rawValue: traits.method.rawValue))
                let answer = try await api.send(method, path, headers: TestAPI.bearer(own.access))
                if answer.code != "account_pending_deletion" { admitted.append(traits.id) }
                if traits.id == UserEndpoints.restoreMe.traits.id { try await api.beginDeletion() }
            }
            #expect(Set(admitted) == ["restoreMe", "requestExport", "listExports", "getExport"])
            for (method, path, body) in Self.withBodies {
                let answer = try await api.send(method, "/api/v1\(path)", body, headers: TestAPI.bearer(own.access))
                #expect(answer.code == "account_pending_deletion", "\(method) \(path)")
            }
            let again = try await api.login()
            #expect(try await api.post("/users/me/exports", as: again.access).status == 202)
            #expect(try await api.post("/auth/logout", as: again.access).status == 204)
        }
    }

    @Test func `after fourteen days the address is free, and nothing of before is found`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            #expect(try await delete(own.access, in: api).status == 202)
            api.pass(seconds: 14 * 86_400)
            #expect(try await api.signIn().code == "invalid_credentials")
            #expect(try await api.installation.services.accounts.purgeDue() == 1)
            #expect(try await api.signIn().code == "invalid_credentials")
            #expect(try await api.refresh(own.refresh).code == "refresh_invalid")
            let new = try await api.register()
            #expect(try await api.me(new.access).status == 200)
        }
    }
}
