import Core
import Foundation
import HTTPTypes
import Jobs
import Persistence
import PersistenceInMemory
import Testing

@testable import Auth
@testable import HTTPServer

struct AvatarTests {
    private static let path = "/api/v1/users/me/avatar"
    private static let gif = "GIF89a then whatever"

    private func avatar(of answer: TestAnswer) throws -> String {
        let url = try #require(answer["avatar_url"] as? String)
        #expect(url.hasPrefix(TestInstallation.origin + "/avatars/"))
        return String(url.dropFirst(TestInstallation.origin.count))
    }

    @Test func `a picture is shown to whoever has its address, and replaced by the next`() async throws {
        try await TestAPI.run { api async throws in
            let headers = TestAPI.bearer(try await api.register().access).merging([.contentType: "image/gif"])
            let first = try await api.send(.put, Self.path, Self.gif, headers: headers)
            #expect(first.status == 200)
            let path = try avatar(of: first)
            let shown = try await api.send(.get, path)
            #expect(shown.text == Self.gif)
            #expect(shown.headers[.contentType] == "image/gif")
            #expect(shown.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(shown.headers[values: .contentSecurityPolicy] == ["default-src 'none'; sandbox"])

            let second = try await api.send(.put, Self.path, Self.gif + "!", headers: headers)
            let next = try avatar(of: second)
            #expect(next != path)
            #expect(try await api.send(.get, next).text == Self.gif + "!")
            // The one before goes by a job of the same transaction.
            let jobs = try await api.database.scoped(.system).jobs.list(
                name: ObjectRemoval.jobName, page: PageRequest())
            let removal: ObjectRemoval = try #require(jobs.items.first).decoded()
            #expect("/\(removal.key)" == path)

            let removed = try await api.send(.delete, Self.path, headers: headers)
            #expect(removed["avatar_url"] is NSNull)
            #expect(try await api.send(.delete, Self.path, headers: headers).status == 200)
            let left = try await api.database.scoped(.system).jobs.list(
                name: ObjectRemoval.jobName, page: PageRequest())
            #expect(left.items.count == 2)
        }
    }

    @Test func `what is no picture, or too large, changes nothing`() async throws {
        try await TestAPI.run { api async throws in
            let headers = TestAPI.bearer(try await api.register().access).merging([.contentType: "image/png"])
            for (body, code) in [
                ("<svg onload='alert(1)'/>", "unsupported_media_type"), ("", "unsupported_media_type"),
                (Self.gif + String(repeating: "x", count: 1024 * 1024), "payload_too_large"),
            ] {
                #expect(try await api.send(.put, Self.path, body, headers: headers).code == code)
            }
            let cut = headers.merging([.contentLength: "1000"])
            #expect(try await api.send(.put, Self.path, Self.gif, headers: cut).code == "malformed_request")
            let me = try await api.send(.get, "/api/v1/users/me", headers: headers)
            #expect(me["avatar_url"] is NSNull)
        }
    }

    @Test func `a picture whose commit may have happened is kept`() async throws {
        let plain = try await TestInstallation()
        let headers = TestAPI.bearer(try await TestAPI(plain).register().access).merging([.contentType: "image/gif"])
        let api = try TestAPI(
            try await TestInstallation(database: plain.database, wrapping: LosingDatabase(plain.database)))
        #expect(try await api.send(.put, Self.path, Self.gif, headers: headers).status == 503)
        let me = try await api.send(.get, "/api/v1/users/me", headers: headers)
        #expect(try await api.send(.get, avatar(of: me)).text == Self.gif)
    }

    @Test func `an address that was not given out shows nothing`() async throws {
        try await TestAPI.run { api async throws in
            let headers = TestAPI.bearer(try await api.register().access)
            let path = try avatar(of: try await api.send(.put, Self.path, Self.gif, headers: headers))
            for other in [
                "\(path)0", "\(path)/..", path.replacing("/avatars/", with: "/avatars/..%2f"), "\(path.dropLast())%2e",
            ] {
                #expect(try await api.send(.get, other).status == 404, "\(other)")
            }
            #expect(try await api.send(.put, Self.path, Self.gif).code == "unauthenticated")
        }
    }
}
