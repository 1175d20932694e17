import HTTPTypes
import Testing

@testable import HTTPServer

/// What people do with API keys.
extension TestAPI {
    typealias APIKey = (id: String, secret: String)

    func createAPIKey(
        name: String = "CI", scopes: [String] = ["users:read"], expiresAt: String? = nil, as access: String,
        headers: HTTPFields = [:]
    ) async throws -> TestAnswer {
        let scopes = scopes.map { "\"\($0)\"" }.joined(separator: ",")
        let expiry = expiresAt.map { #","expires_at":"\#($0)""# } ?? ""
        return try await post(
            "/users/me/api-keys", #"{"name":"\#(name)","scopes":[\#(scopes)]\#(expiry)}"#, as: access, headers: headers)
    }

    /// Makes an API key.
    func apiKey(_ scopes: String..., expiresAt: String? = nil, as access: String) async throws -> APIKey {
        let answer = try await createAPIKey(
            scopes: scopes.isEmpty ? ["users:read"] : scopes, expiresAt: expiresAt, as: access)
        #expect(answer.status == 201)
        return (try #require(answer["id"] as? String), try #require(answer["secret"] as? String))
    }

    func apiKeys(_ query: String = "", as access: String) async throws -> TestAnswer {
        try await send(.get, "/api/v1/users/me/api-keys\(query)", headers: Self.bearer(access))
    }

    func removeAPIKey(_ id: String, as access: String) async throws -> TestAnswer {
        try await send(.delete, "/api/v1/users/me/api-keys/\(id)", headers: Self.bearer(access))
    }
}
