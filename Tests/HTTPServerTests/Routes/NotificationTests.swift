import Core
import Foundation
import HTTPTypes
import Persistence
import PersistenceInMemory
import Testing

@testable import HTTPServer

struct NotificationTests {
    private static let path = "/api/v1/users/me/notifications"

    /// Somebody who signed in on a second device, which is news.
    private func signedInTwice(_ api: TestAPI) async throws -> HTTPFields {
        let token = try await api.register().access
        _ = try await api.login()
        return TestAPI.bearer(token).merging([.contentType: "application/json"])
    }

    @Test func `a sign-in on a device that was not known is told, unread until it is read`() async throws {
        try await TestAPI.run { api async throws in
            let headers = try await signedInTwice(api)
            let list = try await api.send(.get, Self.path, headers: headers)
            #expect(list["unread_count"] as? Int == 1)
            #expect(list.data.count == 1)
            let notification = try #require(list.data.first)
            #expect(notification["kind"] as? String == "new_sign_in")
            #expect(notification["title"] as? String == "A new device signed in")
            #expect(notification["url"] as? String == "\(TestInstallation.origin)/settings/sessions")
            #expect(notification["read_at"] is NSNull)
            #expect(try await api.mails().map { $0["kind"] as? String } == ["new_sign_in"])

            let id = try #require(notification["id"] as? String)
            #expect(try await api.send(.post, "\(Self.path)/\(id)/read", "{}", headers: headers).status == 204)
            let read = try await api.send(.get, Self.path, headers: headers)
            #expect(read["unread_count"] as? Int == 0)
            #expect(read.data.first?["read_at"] is String)
            let other = "\(Self.path)/0198c5f0-6b5e-7c3a-9d2e-5a1b3c4d5e6f/read"
            #expect(try await api.send(.post, other, "{}", headers: headers).status == 404)
        }
    }

    @Test func `all are read at once`() async throws {
        try await TestAPI.run { api async throws in
            let headers = try await signedInTwice(api)
            _ = try await api.login()
            #expect(try await api.send(.get, Self.path, headers: headers)["unread_count"] as? Int == 2)
            #expect(try await api.send(.post, "\(Self.path)/read-all", "{}", headers: headers).status == 204)
            #expect(try await api.send(.get, Self.path, headers: headers)["unread_count"] as? Int == 0)
        }
    }

    @Test func `a person chooses the channels of each kind, but not all can be closed`() async throws {
        try await TestAPI.run { api async throws in
            let headers = TestAPI.bearer(try await api.register().access).merging([.contentType: "application/json"])
            let preferences = "\(Self.path)/preferences"
            let standard = try await api.send(.get, preferences, headers: headers)
            #expect(standard.data.compactMap { $0["kind"] as? String } == NotificationKind.allCases.map(\.rawValue))
            // The mail of an invitation is the invitation itself.
            #expect(
                standard.data.allSatisfy {
                    $0["channels"] as? [String]
                        == ($0["kind"] as? String == "team_invitation" ? ["in_app"] : ["mail", "in_app"])
                })
            let chosen = try await api.send(
                .put, preferences,
                #"{"data":[{"kind":"new_sign_in","channels":[]},{"kind":"device_signed_out","channels":["in_app"]}]}"#,
                headers: headers)
            #expect(chosen.status == 200)
            for (kind, channels) in [("device_signed_out", ["mail", "in_app"]), ("new_sign_in", [])] {
                let row = try #require(chosen.data.first { $0["kind"] as? String == kind })
                #expect(row["channels"] as? [String] == channels)
            }
            _ = try await api.login()
            #expect(try await api.send(.get, Self.path, headers: headers).data.isEmpty)
            #expect(try await api.mails().isEmpty)
            for body in [
                #"{"data":[{"kind":"unheard","channels":[]}]}"#,
                #"{"data":[{"kind":"new_sign_in","channels":["fax"]}]}"#,
            ] {
                #expect(try await api.send(.put, preferences, body, headers: headers).status == 422)
            }
        }
    }

    @Test func `a device that was here before is no news`() async throws {
        try await TestAPI.run { api async throws in
            let first = try await api.send(.post, "/api/v1/auth/register", TestAPI.registration("ada@example.com"))
            let device = try #require(first.cookies.first { $0.key.hasSuffix("plinth_device") })
            let again = try await api.send(
                .post, "/api/v1/auth/login", TestAPI.credentials("ada@example.com"),
                headers: [.cookie: "\(device.key)=\(device.value)"])
            #expect(again.status == 200)
            #expect(try await api.mails().isEmpty)
        }
    }
}
