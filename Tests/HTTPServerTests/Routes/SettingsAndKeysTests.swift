import Core
import HTTPTypes
import Testing

@testable import HTTPServer

struct SettingsAndKeysTests {
    @Test(arguments: [true, false])
    func `the settings tell which methods are on and what a password must be`(isRequired: Bool) async throws {
        try await TestAPI.run(requiresVerifiedEmail: isRequired) { api async throws in
            let answer = try await api.send(.get, "/api/v1/auth/settings")
            #expect(answer.status == 200)
            #expect(
                answer.text == #"{"registration":true,"email_verification":"\#(isRequired ? "required" : "off")","#
                    + #""methods":["password","magic_link","passkey"],"providers":[],"password":{"min_length":12,"max_length":256}}"#
            )
            #expect(answer.headers[.cacheControl] == "private, no-cache")
            let tag = try #require(answer.headers[.eTag])
            let known = try await api.send(.get, "/api/v1/auth/settings", headers: [.ifNoneMatch: tag])
            #expect(known.status == 304)
        }
    }

    @Test func `the key set holds public keys only and may be cached`() async throws {
        try await TestAPI.run { api async throws in
            let answer = try await api.send(.get, "/.well-known/jwks.json")
            #expect(answer.status == 200)
            #expect(answer.headers[.cacheControl] == "public, max-age=300")
            #expect(answer.headers[.eTag] != nil)
            let keys = try #require(answer["keys"] as? [[String: String]])
            let key = try #require(keys.first)
            #expect(Set(key.keys) == ["kty", "use", "alg", "kid", "crv", "x", "y"])
            #expect([key["kty"], key["use"], key["alg"], key["crv"]] == ["EC", "sig", "ES256", "P-256"])
            for coordinate in ["x", "y"] { #expect(Base64URL.decode(key[coordinate] ?? "")?.count == 32) }
            // The tokens of this installation name it.
            let token = try await api.register().access
            let header = try #require(Base64URL.decode(token.split(separator: ".")[0]))
            #expect(String(decoding: header, as: UTF8.self).contains(#""kid":"\#(key["kid"] ?? "-")""#))
        }
    }
}
