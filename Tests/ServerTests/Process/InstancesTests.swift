import DatabaseSupport
import Foundation
import ProcessSupport
import Testing

/// Two servers on one database are one to those who use them.
@Suite(.timeLimit(.minutes(3)))
struct InstancesTests {
    private func withInstances(_ body: (_ first: Int, _ second: Int) async throws -> Void) async throws {
        try await TestDatabase.withMigrated { url in
            let environment = [
                "DATABASE_URL": url, "PLINTH_SECRET_KEY": ServerConfigurationTests.key,
                "PLINTH_BASE_URL": "http://plinth.test",
            ]
            try await withSite(environment: environment) { site in
                try await site.withServer { _, first in
                    try await site.withServer { _, second in try await body(first, second) }
                }
            }
        }
    }

    @Test func `a session revoked on one is dead on the other`() async throws {
        try await withInstances { first, second in
            let login = try await Site.login(first, "demo@example.com", "a demonstration for everyone")
            let token = try #require(login.value("access_token"))
            for port in [first, second] {
                #expect(try await Site.request(port, "GET", "/api/v1/users/me", token: token).status == 200)
            }
            #expect(try await Site.request(second, "POST", "/api/v1/auth/logout", token: token).status == 204)
            for port in [first, second] {
                #expect(try await Site.request(port, "GET", "/api/v1/users/me", token: token).status == 401)
            }
        }
    }

    @Test func `of thirty equal requests under one key, one has its effect`() async throws {
        try await withInstances { first, second in
            func register(_ port: Int, _ key: String) async throws -> HTTPAnswer {
                try await Site.register(port, "once@example.com", "correct horse battery", idempotencyKey: key)
            }
            let answers = try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
                for number in 0..<30 {
                    group.addTask { try await register(number.isMultiple(of: 2) ? first : second, "the same") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let done = answers.filter { $0.status == 201 }
            #expect(!done.isEmpty)
            #expect(Set(done.compactMap { $0.value("access_token") }).count == 1)
            // Those that came while the first was worked on, or found no place to have their password hashed.
            #expect(answers.allSatisfy { [201, 409, 503].contains($0.status) })
            for port in [first, second] {
                #expect(try await register(port, "the same").value("access_token") == done[0].value("access_token"))
                #expect(try await register(port, "another").status == 409)
            }
        }
    }

    @Test func `failed sign-ins count together`() async throws {
        try await withInstances { first, second in
            for attempt in 0..<10 {
                let port = attempt.isMultiple(of: 2) ? first : second
                #expect(try await Site.login(port, "demo@example.com", "not the password").status == 401)
            }
            for port in [first, second] {
                let answer = try await Site.login(port, "demo@example.com", "a demonstration for everyone")
                #expect(answer.status == 429)
                #expect(answer.head.lowercased().contains("\r\nretry-after: "))
            }
        }
    }
}
