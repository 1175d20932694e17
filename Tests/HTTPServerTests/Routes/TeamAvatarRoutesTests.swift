import Core
import Fakes
import Foundation
import HTTPTypes
import Testing

@testable import HTTPServer

/// The pictures of teams.
struct TeamAvatarRoutesTests {
    private static let gif = "GIF89a then whatever"
    private static let sent: HTTPFields = [.contentType: "image/gif"]

    /// The path of the address that a team's body tells.
    private func address(in answer: TestAnswer) throws -> String {
        let address = try #require(answer["avatar_url"] as? String)
        #expect(address.hasPrefix(TestAPI.origin + "/api/v1/teams/"))
        return String(address.dropFirst(TestAPI.origin.count))
    }

    @Test func `a picture is shown to those in the team only, and no more once they left`() async throws {
        try await TestAPI.run { api async throws in
            let (own, other) = (try await api.register(), try await api.register("bob@example.com"))
            let team = try await api.team(as: own.access)
            let plain = try await api.teams(.get, "/\(team)", as: own.access)
            #expect(plain["avatar_url"] is NSNull)
            #expect(try await api.teams(.get, "/\(team)/avatar", as: own.access).status == 404)
            let set = try await api.teams(.put, "/\(team)/avatar", Self.gif, as: own.access, headers: Self.sent)
            #expect(set.status == 200 && set["id"] as? String == team)
            let path = try address(in: set)
            #expect(try address(in: try await api.teams(.get, "/\(team)", as: own.access)) == path)
            let shown = try await api.send(.get, path, headers: TestAPI.bearer(own.access))
            #expect(shown.status == 200 && shown.text == Self.gif)
            #expect(shown.headers[.contentType] == "image/gif")
            #expect(shown.headers[.cacheControl] == "private, no-cache")
            #expect(shown.headers[values: .contentSecurityPolicy] == ["default-src 'none'; sandbox"])
            let tag = try #require(shown.headers[.eTag])
            let known = try await api.send(
                .get, path, headers: TestAPI.bearer(own.access).merging([.ifNoneMatch: tag]))
            #expect(known.status == 304 && known.body.isEmpty)

            #expect(try await api.send(.get, path).code == "unauthenticated")
            #expect(try await api.send(.get, path, headers: TestAPI.bearer(other.access)).status == 404)
            try await api.join(team, other.access, as: .viewer)
            #expect(try await api.send(.get, path, headers: TestAPI.bearer(other.access)).text == Self.gif)
            #expect(
                try await api.teams(.put, "/\(team)/avatar", Self.gif, as: other.access, headers: Self.sent).code
                    == "forbidden")
            #expect(try await api.teams(.post, "/\(team)/leave", as: other.access).status == 204)
            let left = try await api.send(
                .get, path, headers: TestAPI.bearer(other.access).merging([.ifNoneMatch: tag]))
            #expect(left.status == 404)

            let removed = try await api.teams(.delete, "/\(team)/avatar", as: own.access)
            #expect(removed.status == 200 && removed["avatar_url"] is NSNull)
            #expect(try await api.send(.get, path, headers: TestAPI.bearer(own.access)).status == 404)
        }
    }

    @Test func `the addresses of people's pictures lead to none of a team`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let team = try await api.team(as: own.access)
            let set = try await api.teams(.put, "/\(team)/avatar", Self.gif, as: own.access, headers: Self.sent)
            let version = try #require(try address(in: set).split(separator: "=").last)
            #expect(try await api.send(.get, "/avatars/\(team)/\(version)").status == 404)
        }
    }

    @Test func `what is no picture, or too large, changes nothing`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let path = "/\(try await api.team(as: own.access))/avatar"
            for (body, code) in [
                ("<svg onload='alert(1)'/>", "unsupported_media_type"), ("", "unsupported_media_type"),
                (Self.gif + String(repeating: "x", count: 1024 * 1024), "payload_too_large"),
            ] {
                let answer = try await api.teams(.put, path, body, as: own.access, headers: Self.sent)
                #expect(answer.code == code)
            }
            #expect(try await api.teams(.get, path, as: own.access).status == 404)
        }
    }

    @Test func `an API key shows and changes the picture within its scopes`() async throws {
        try await TestAPI.run { api async throws in
            let own = try await api.register()
            let path = "/\(try await api.team(as: own.access))/avatar"
            let reads = try await api.apiKey("team:read", as: own.access).secret
            let writes = try await api.apiKey("team:write", as: own.access).secret
            #expect(try await api.teams(.put, path, Self.gif, as: reads, headers: Self.sent).code == "forbidden")
            #expect(try await api.teams(.put, path, Self.gif, as: writes, headers: Self.sent).status == 200)
            #expect(try await api.teams(.get, path, as: reads).text == Self.gif)
            #expect(try await api.teams(.get, path, as: writes).code == "forbidden")
        }
    }
}
