import HTTPTypes
import Testing

@testable import HTTPServer

struct SecurityHeaderTests {
    @Test(arguments: [true, false])
    func `whatever is answered carries every security header once`(isSecure: Bool) async throws {
        let origin = isSecure ? "https://app.example.com" : TestAPI.origin
        try await TestAPI.run(
            requestsPerMinute: 100, origins: ["https://other.example.com"], configure: { $0.baseURL = origin }
        ) { api async throws in
            let answers = try await Self.oneOfEach(api)
            for (status, answer) in answers {
                #expect(answer.status == status, "\(answer.text)")
                for field in SecurityHeaders.api {
                    #expect(answer.headers[values: field.name] == [field.value], "\(status) \(field.name)")
                }
                #expect(
                    answer.headers[values: .strictTransportSecurity]
                        == (isSecure ? ["max-age=63072000; includeSubDomains"] : []), "\(status)")
                #expect(answer.headers[.server] == nil, "\(status)")
                #expect(answer.headers[values: .cacheControl].count == (status == 204 ? 0 : 1), "\(status)")
                #expect(answer.headers[values: .requestID].count == 1, "\(status)")
                #expect(answer.headers[values: .vary].contains("Origin"), "\(status)")
                if status >= 400 {
                    #expect(answer.headers[.contentType] == "application/problem+json", "\(status)")
                    #expect(answer.headers[.cacheControl] == "no-store", "\(status)")
                    #expect(answer["status"] as? Int == status)
                    #expect(answer["request_id"] as? String == answer.headers[.requestID])
                    #expect(answer["instance"] as? String == "urn:plinth:request:\(answer.headers[.requestID] ?? "")")
                    #expect(
                        Set(answer.json.keys) == [
                            "type", "title", "status", "detail", "instance", "code", "request_id", "errors",
                        ])
                }
            }
            #expect(Set(answers.compactMap { $0.1.headers[.requestID] }).count == answers.count)
        }
    }

    private static func oneOfEach(_ api: TestAPI) async throws -> [(Int, TestAnswer)] {
        let settings = "/api/v1/auth/settings"
        let tag = try #require(try await api.send(.get, settings).headers[.eTag])
        var answers = [
            (200, try await api.send(.get, settings)),
            (
                204,
                try await api.send(
                    .options, settings,
                    headers: [.origin: "https://other.example.com", .accessControlRequestMethod: "GET"])
            ),
            (304, try await api.send(.get, settings, headers: [.ifNoneMatch: tag])),
            (400, try await api.send(.post, "/api/v1/auth/login", "{")),
            (401, try await api.send(.get, "/api/v1/users/me")),
            (404, try await api.send(.get, "/nothing")),
            (405, try await api.send(.put, settings)),
            (406, try await api.send(.get, settings, headers: [.accept: "text/html"])),
            (413, try await api.send(.post, "/api/v1/auth/login", String(repeating: " ", count: 20_000))),
            (415, try await api.send(.post, "/api/v1/auth/login", "{}", headers: [.contentType: "text/plain"])),
            (422, try await api.send(.post, "/api/v1/auth/login", "{}")),
        ]
        var last = try await api.send(.get, settings)
        while last.status == 200 { last = try await api.send(.get, settings) }
        answers.append((429, last))
        return answers
    }
}
