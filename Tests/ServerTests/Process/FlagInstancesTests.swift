import Core
import DatabaseSupport
import Foundation
import Persistence
import PersistencePostgreSQL
import PostgresClient
import ProcessSupport
import Testing

/// A flag changed on one of two servers is in force on the other.
@Suite(.timeLimit(.minutes(3)))
struct FlagInstancesTests {
    /// Each is a request over a connection of its own: far more than a second has room for.
    private static let mostLooks = 5_000

    @Test func `a change on one is seen on the other without a restart`() async throws {
        try await TestDatabase.withMigrated { url in
            let environment = [
                "DATABASE_URL": url, "PLINTH_SECRET_KEY": ServerConfigurationTests.key,
                "PLINTH_BASE_URL": "http://plinth.test", "PLINTH_RATE_LIMIT_PER_MINUTE": "1000000",
            ]
            try await withSite(environment: environment) { site in
                try await site.withServer { _, first in
                    try await site.withServer { _, second in
                        let token = try await administrator(of: url, on: first)
                        let path = "/api/v1/admin/flags/new-editor"
                        for isOn in [true, false] {
                            let answer = try await Site.request(
                                first, "PUT", path, token: token, json: #"{"default":\#(isOn)}"#)
                            #expect(answer.status == 200, "\(answer.body)")
                            // On the one that made the change it is in force with the answer.
                            let told = #"{"data":{"new-editor":\#(isOn)}}"#
                            #expect(try await flags(on: first, token) == told)
                            #expect(try await isSeen(told, on: second, token))
                        }
                        #expect(try await Site.request(first, "DELETE", path, token: token).status == 204)
                        #expect(try await isSeen(#"{"data":{}}"#, on: second, token))
                    }
                }
            }
        }
    }

    private func flags(on port: Int, _ token: String) async throws -> String {
        try await Site.request(port, "GET", "/api/v1/flags", token: token).body
    }

    private func isSeen(_ told: String, on port: Int, _ token: String) async throws -> Bool {
        for _ in 0..<Self.mostLooks where try await flags(on: port, token) == told { return true }
        return false
    }

    /// Signs in, then makes the person an administrator with a second factor, which the session is not asked for.
    private func administrator(of url: String, on port: Int) async throws -> String {
        let login = try await Site.login(port, "demo@example.com", "a demonstration for everyone")
        let token = try #require(login.value("access_token"))
        let database = PostgresDatabase(
            configuration: TestDatabase.configuration(url), logger: TestDatabase.logger)
        defer { database.client.shutdown() }
        let users = database.scoped(.system).users
        var user = try #require(try await users.find(emailKey: "demo@example.com"))
        (user.isSuperuser, user.hasSecondFactor) = (true, true)
        _ = try await users.update(user)
        return token
    }
}
