import Core
import HTTPServer
import Logging
import PostgresClient
import Testing

@testable import Server

struct ServerConfigurationTests {
    static let key = "0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0"

    private static let production = [
        "PLINTH_ENV": "production", "PLINTH_BASE_URL": "https://example.com", "PLINTH_SECRET_KEY": key,
        "DATABASE_URL": "postgresql://app@db.example.com/app", "SMTP_URL": "smtp://mail.example.com",
        "MAIL_FROM": "Example <no-reply@example.com>",
    ]

    private func configuration(_ values: [String: String]) throws(ConfigurationError) -> ServerConfiguration {
        try ServerConfiguration(Settings(options: [:], environment: values, file: [:]), searchPath: "/a:/b")
    }

    private func production(_ changes: [String: String]) throws(ConfigurationError) -> ServerConfiguration {
        try configuration(Self.production.merging(changes) { $1 })
    }

    private func problems(_ changes: [String: String]) -> [String] {
        do throws(ConfigurationError) {
            _ = try production(changes)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func `a laptop needs no settings`() throws {
        let development = try configuration([:])
        #expect(!development.isProduction)
        #expect(development.http.host == "127.0.0.1")
        #expect(development.http.port == 8080)
        #expect(development.http.baseURL(port: 4711) == "http://localhost:4711")
        #expect(!development.accounts.requiresVerifiedEmail)
        #expect(development.secrets.masterKeys == nil)
        #expect(development.logLevel == .info)
        #expect(development.usesDataDirectory)
        guard case .privateCluster(let cluster) = development.database.place else {
            Issue.record("no private cluster")
            return
        }
        #expect(cluster.directory == "./.plinth/postgres")
        #expect(cluster.searchPath == "/a:/b")
    }

    @Test(arguments: [("on", .anywhere), ("off", .publicOnly), (nil, .publicOnly)] as [(String?, WebhookURL.Reach)])
    func `webhooks leave this network unless development says otherwise`(
        value: String?, reach: WebhookURL.Reach
    ) throws {
        let settings = value.map { ["PLINTH_WEBHOOK_ALLOW_PRIVATE": $0] } ?? [:]
        #expect(try configuration(settings).webhooks.reach == reach)
        #expect(try production(["PLINTH_WEBHOOK_ALLOW_PRIVATE": "off"]).webhooks.reach == .publicOnly)
    }

    @Test func `production names all that is missing at once`() {
        let error = #expect(throws: ConfigurationError.self) { _ = try configuration(["PLINTH_ENV": "production"]) }
        #expect(error?.problems.count == 5)
        #expect(error?.description.contains("PLINTH_BASE_URL is not set") == true)
        #expect(error?.description.contains("DATABASE_URL is not set") == true)
        #expect(error?.description.contains("PLINTH_SECRET_KEY is not set") == true)
    }

    @Test func `production with all it needs starts, safe by default`() throws {
        let production = try production([:])
        #expect(production.isProduction)
        #expect(production.accounts.requiresVerifiedEmail)
        #expect(!production.usesDataDirectory)
        let settings = production.http.settings(port: 8080, isProduction: true, requiresVerifiedEmail: true)
        #expect(settings.host == "0.0.0.0")
        #expect(settings.baseURL == "https://example.com")
        #expect(settings.shutdownDelay == .seconds(5))
        #expect(settings.requestsPerMinute == 600)
    }

    @Test(arguments: [
        ("PLINTH_BASE_URL", "http://example.com", "PLINTH_BASE_URL must begin with https:// in production"),
        ("PLINTH_BASE_URL", "https://example.com/app", "PLINTH_BASE_URL must be an address without a path"),
        ("PLINTH_SECRET_KEY", "abc", "PLINTH_SECRET_KEY has a key that is not 64 hexadecimal digits (number 1"),
        ("PLINTH_SECRET_KEY", "\(key),\(String(repeating: "0", count: 64))", "anyone could guess (number 2"),
        ("PLINTH_EMAIL_VERIFICATION", "off", "PLINTH_EMAIL_VERIFICATION is off"),
        ("PLINTH_WEBHOOK_ALLOW_PRIVATE", "on", "PLINTH_WEBHOOK_ALLOW_PRIVATE is on"),
        ("DATABASE_URL", "mysql://a/b", "DATABASE_URL must be a URI"),
        ("DATABASE_REPLICA_URL", "nonsense", "DATABASE_REPLICA_URL must be a URI"),
        ("PLINTH_TRUSTED_PROXIES", "10.0.0.0/8,10.0.0.0/33", "PLINTH_TRUSTED_PROXIES holds “10.0.0.0/33”"),
        ("PLINTH_CORS_ORIGINS", "*", "PLINTH_CORS_ORIGINS holds “*”"),
        ("PLINTH_SHUTDOWN_DELAY", "16", "PLINTH_SHUTDOWN_DELAY must be a whole number in 0…15"),
    ])
    func `production refuses what is unsafe or unreadable`(_ name: String, _ value: String, _ sentence: String) {
        let problems = problems([name: value])
        #expect(problems.count == 1)
        #expect(problems.first?.contains(sentence) == true)
        if name == "PLINTH_SECRET_KEY" { #expect(problems.first?.contains(value) == false) }
    }

    @Test func `addresses beside DATABASE_URL make no sense without it`() {
        let error = #expect(throws: ConfigurationError.self) {
            _ = try configuration(["DATABASE_DIRECT_URL": "postgresql://a/b"])
        }
        #expect(error?.problems == ["DATABASE_DIRECT_URL is set without DATABASE_URL: set that too, or remove it."])
    }

    @Test func `the database's settings reach the client`() throws {
        let configuration = try production([
            "DATABASE_DIRECT_URL": "postgresql://direct.example.com/app", "DATABASE_POOL_SIZE": "3",
            "DATABASE_POOLER": "transaction", "DATABASE_REPLICA_URL": "postgresql://replica/app?sslmode=require",
        ])
        guard case .server(let url, _, _) = configuration.database.place else {
            Issue.record("not the given server")
            return
        }
        let client = configuration.database.client(url: url)
        #expect(client.url == "postgresql://app@db.example.com/app?sslmode=verify-full")
        #expect(client.directURL == "postgresql://direct.example.com/app?sslmode=verify-full")
        #expect(client.replicaURL == "postgresql://replica/app?sslmode=require")
        #expect(client.poolSize == 3)
        #expect(client.isBehindTransactionPooler)
    }

    @Test func `development leaves TLS to libpq`() throws {
        guard
            case .server(let url, _, _) = try configuration(["DATABASE_URL": "postgresql://db/app"]).database.place
        else {
            Issue.record("not the given server")
            return
        }
        #expect(url == "postgresql://db/app")
    }

    @Test func `development may verify addresses and name its key`() throws {
        let values = [
            "PLINTH_EMAIL_VERIFICATION": "required", "PLINTH_SECRET_KEY": Self.key, "PLINTH_BASE_URL": "http://a.test/",
            "PLINTH_LOG_LEVEL": "debug",
        ]
        let development = try configuration(values)
        #expect(development.accounts.requiresVerifiedEmail)
        #expect(development.secrets.masterKeys != nil)
        #expect(development.http.baseURL(port: 1) == "http://a.test")
        #expect(development.logLevel == .debug)
    }
}
