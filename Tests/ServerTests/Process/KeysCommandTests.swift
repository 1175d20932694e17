import DatabaseSupport
import Foundation
import ProcessSupport
import Testing

/// The keys of an installation in an operator's hands, beside servers that run.
@Suite(.timeLimit(.minutes(3)))
struct KeysCommandTests {
    private static let newKey = "9a4d2c7e81f03b65d8c1e2f4a7b6093d5e8f1c2b4a6d7e90f1b3c5d7e9a0b2c4"

    private func environment(_ url: String, keys: String) -> [String: String] {
        ["DATABASE_URL": url, "PLINTH_SECRET_KEY": keys, "PLINTH_BASE_URL": "http://plinth.test"]
    }

    @Test func `a signing key that is revoked is dead on running servers, and people go on`() async throws {
        try await TestDatabase.withMigrated { url async throws in
            try await withSite(environment: environment(url, keys: ServerConfigurationTests.key)) { site async throws in
                try await site.withServer { _, port async throws in
                    let login = try await Site.login(port, "demo@example.com", "a demonstration for everyone")
                    let (access, refresh) = (
                        try #require(login.value("access_token")), try #require(login.value("refresh_token"))
                    )
                    let listed = try await site.run("keys", "list")
                    let key = try #require(listed.output.split(separator: " ").first.map(String.init))
                    #expect(try await site.run("keys", "revoke", "another").status != 0)
                    let revoked = try await site.run("keys", "revoke", key)
                    #expect(revoked.status == 0 && revoked.output.contains("is dead"))
                    try await waitUntil {
                        try await Site.request(port, "GET", "/api/v1/users/me", token: access).status == 401
                    }
                    let next = try await Site.request(
                        port, "POST", "/api/v1/auth/refresh", json: #"{"refresh_token":"\#(refresh)"}"#)
                    let renewed = try #require(next.value("access_token"))
                    #expect(try await Site.request(port, "GET", "/api/v1/users/me", token: renewed).status == 200)
                    #expect(try await site.run("keys", "list").output.contains("revoked 20"))
                }
            }
        }
    }

    @Test func `a key is added once before its time`() async throws {
        try await TestDatabase.withMigrated { url async throws in
            try await withSite(environment: environment(url, keys: ServerConfigurationTests.key)) { site async throws in
                #expect(try await site.run("keys", "list").output.contains("There is none"))
                #expect(try await site.run("keys", "rotate").output.contains("signs from 20"))
                #expect(try await site.run("keys", "rotate").output.contains("Nothing to do"))
            }
        }
    }

    @Test func `sealed anew, the old master key can go, and second factors go on`() async throws {
        let old = ServerConfigurationTests.key
        try await TestDatabase.withMigrated { url async throws in
            try await withSite(environment: environment(url, keys: old)) { site async throws in
                try await site.withServer { _, port async throws in
                    let login = try await Site.login(port, "demo@example.com", "a demonstration for everyone")
                    let access = try #require(login.value("access_token"))
                    #expect(
                        try await Site.request(port, "POST", "/api/v1/users/me/mfa/totp", token: access, json: "{}")
                            .status == 200)
                }
            }
            try await withSite(environment: environment(url, keys: "\(Self.newKey),\(old)")) { site async throws in
                let resealed = try await site.run("keys", "reseal")
                #expect(resealed.output.contains("1 signing keys, 1 authenticators"))
                #expect(try await site.run("keys", "reseal").output.contains("0 signing keys, 0 authenticators"))
            }
            try await withSite(environment: environment(url, keys: Self.newKey)) { site async throws in
                try await site.withServer { _, port async throws in
                    #expect(
                        try await Site.login(port, "demo@example.com", "a demonstration for everyone").status == 200)
                }
            }
            try await withSite(environment: environment(url, keys: old)) { site async throws in
                let refused = try await site.run("keys", "list")
                #expect(refused.status != 0 && refused.output.contains("another master key"))
            }
        }
    }

    /// Asks again until it is so; the suite's time limit ends it.
    private func waitUntil(_ isSo: () async throws -> Bool) async throws {
        // Well before servers look by themselves, which they do every minute.
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            if try await isSo() { return }
        }
        Issue.record("it did not come about within 10 s")
    }
}
