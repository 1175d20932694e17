import Core
import Fakes
import HTTPTypes
import Testing

@testable import Auth
@testable import HTTPServer

extension TestAPI {
    /// As ``run``, with a provider that people may sign in with.
    static func runWithProvider(
        configure: (inout HTTPSettings) -> Void = { _ in }, _ body: (TestAPI, TestProvider) async throws -> Void
    ) async throws {
        let provider = TestProvider()
        let installation = try await TestInstallation(providers: [try provider.client()], configure: configure)
        try await body(TestAPI(installation), provider)
    }
}

/// What a person does who signs in at a provider.
extension TestBrowser {
    static let authorize = "/api/v1/auth/oauth/\(TestProvider.name)/authorize"
    static let callback = "/api/v1/auth/oauth/\(TestProvider.name)/callback"

    /// Follows the link to the provider.
    /// - Returns: Where the browser was sent.
    mutating func goToProvider(wanting target: String? = nil) async throws -> String {
        let query = target.map { "?redirect_to=\(PercentEncoding.encode($0))" } ?? ""
        let answer = try await send(.get, Self.authorize + query)
        #expect(answer.status == 302)
        return try #require(answer.location)
    }

    /// Follows the provider's way back.
    mutating func comeBack(by url: String) async throws -> TestAnswer {
        try await send(.get, url, from: "cross-site")
    }

    /// Goes there, agrees and comes back.
    mutating func signIn(
        at provider: TestProvider, as person: TestProvider.Person = TestProvider.Person(),
        wanting target: String? = nil
    ) async throws -> TestAnswer {
        let url = try await goToProvider(wanting: target)
        return try await comeBack(by: try await provider.approve(url, as: person, at: api.time.now))
    }

    /// What a browser gets when nothing came of it.
    static func expectRefusal(
        _ answer: TestAnswer, _ code: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == 302, sourceLocation: sourceLocation)
        #expect(answer.location == "\(TestAPI.origin)/login?error=\(code)", sourceLocation: sourceLocation)
        #expect(!answer.setsSession && answer.cookies["plinth_device"] == nil, sourceLocation: sourceLocation)
        #expect(answer.headers[.cacheControl] == "no-store", sourceLocation: sourceLocation)
    }
}
