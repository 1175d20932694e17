import DatabaseSupport
import Foundation
import PostgresClient
import ProcessSupport
import Testing

/// What keeps the server from starting is one clear sentence and status 1.
@Suite(.timeLimit(.minutes(3)))
struct RefusalTests {
    private static let otherKey = "1f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0"
    private static let production = [
        "PLINTH_ENV": "production", "PLINTH_BASE_URL": "https://example.com",
        "PLINTH_SECRET_KEY": ServerConfigurationTests.key, "PLINTH_SHUTDOWN_DELAY": "0",
        "SMTP_URL": "outbox:", "MAIL_FROM": "no-reply@example.com",
    ]

    @Test func `two servers on one data directory`() async throws {
        try await withSite { site in
            try await site.withServer { server, _ in
                let second = try await site.run("serve", "--port", "0")
                #expect(second.status == 1)
                #expect(
                    second.output.contains(
                        "Error: Another server (process \(server.identifier)) is using \(site.directory)"))
                #expect(second.output.contains("stop it, or give this one data of its own"))
            }
        }
    }

    @Test func `no PostgreSQL on this machine`() async throws {
        try await withSite { site in
            let server = try await site.run("--port", "0", "--postgres-bin", "/nowhere/bin")
            #expect(server.status == 1)
            #expect(
                server.output.hasPrefix("Error: PostgreSQL is not installed in /nowhere/bin: run \"apt-get install"))
            #expect(server.output.split(separator: "\n").count == 1)
        }
    }

    @Test func `a port somebody listens on`() async throws {
        let listener = try Listener()
        defer { listener.close() }
        try await withSite { site in
            let server = try await site.run("--port", "\(listener.port)")
            #expect(server.status == 1)
            #expect(
                server.output == """
                    Error: Another program is listening on 127.0.0.1 port \(listener.port): stop it, or set PLINTH_PORT \
                    (--port) to another port; 0 takes a free one.

                    """)
            #expect(!FileManager.default.fileExists(atPath: "\(site.directory)/.plinth"))
        }
    }

    @Test func `production without its settings, all named at once, and no stand-in started`() async throws {
        try await withSite(environment: ["PLINTH_ENV": "production", "PLINTH_EMAIL_VERIFICATION": "off"]) { site in
            let server = try await site.run("serve", "--host", "127.0.0.1")
            #expect(server.status == 1)
            for name in [
                "PLINTH_BASE_URL", "DATABASE_URL", "PLINTH_SECRET_KEY", "PLINTH_EMAIL_VERIFICATION", "MAIL_FROM",
                "Neither SENDGRID_API_KEY nor SMTP_URL",
            ] {
                #expect(server.output.contains("\n- \(name) "))
            }
            #expect(!FileManager.default.fileExists(atPath: "\(site.directory)/.plinth"))
        }
    }

    @Test func `a database nobody answers at`() async throws {
        let closed = try Listener()
        closed.close()
        let url = "postgresql://a:sesame@127.0.0.1:\(closed.port)/b"
        try await withSite(environment: Self.production.merging(["DATABASE_URL": url]) { $1 }) { site in
            let server = try await site.run("--host", "127.0.0.1", "--port", "0")
            #expect(server.status == 1)
            #expect(server.output.contains("Error: PostgreSQL at DATABASE_URL does not let us in"))
            let doctor = try await site.run("doctor", "--host", "127.0.0.1", "--port", "0")
            #expect(doctor.status == 1)
            #expect(doctor.output.contains("✗ database: can't be reached"))
            #expect(!(server.output + doctor.output).contains("sesame"))
        }
    }

    @Test func `pending migrations in production, until they are applied`() async throws {
        try await TestDatabase.withEmpty { url in
            try await withSite(environment: Self.production.merging(["DATABASE_URL": url]) { $1 }) { site in
                let refused = try await site.run("--host", "127.0.0.1", "--port", "0")
                #expect(refused.status == 1)
                #expect(refused.output.contains("run `Server migrate` first, or start with --migrate."))
                let doctor = try await site.run("doctor", "--host", "127.0.0.1", "--port", "0")
                #expect(doctor.status == 1)
                #expect(doctor.output.contains("✗ schema: This database needs"))
                let status = try await site.run("migrate", "--status")
                #expect(status.output.contains("pending  20261101_0001\n"))
                try await site.withServer(["--migrate"]) { server, port in
                    #expect(await server.output.soFar.contains("Plinth is running at https://example.com (production)"))
                    let outbox = try await Site.request(port, "GET", "/dev/outbox")
                    #expect(outbox.status == 404)
                }
                let after = try await site.run("migrate")
                #expect(after.status == 0)
                #expect(after.output.contains("applied  20261101_0001\n"))
                let demo = try await site.run("seed-demo")
                #expect(demo.status == 1)
                #expect(demo.output.contains("seed-demo is refused in production"))

                var other = site
                other.environment["PLINTH_SECRET_KEY"] = Self.otherKey
                let mismatch = try await other.run("--host", "127.0.0.1", "--port", "0")
                #expect(mismatch.status == 1)
                #expect(mismatch.output.contains("Error: This database was set up with another master key ("))
                other.environment["PLINTH_SECRET_KEY"] = "\(Self.otherKey),\(ServerConfigurationTests.key)"
                let rotated = try await other.run("doctor", "--host", "127.0.0.1", "--port", "0")
                #expect(rotated.status == 0)
                #expect(rotated.output.contains("✓ sealed data: belongs to this master key"))
                #expect(rotated.output.contains("! login: "))
                #expect(rotated.output.contains(" is a superuser of PostgreSQL: `alter role "))
            }
        }
    }

    @Test(arguments: [
        ("plain_login_seen", "createrole", "✓ login: plain_login_seen has no more rights than it needs"),
        ("bypassing", "createrole bypassrls", "! login: bypassing may bypass row-level security of PostgreSQL: "),
    ])
    func `a login that may more than it needs`(login: String, attributes: String, finding: String) async throws {
        try await TestDatabase.withEmpty { url in
            try await TestDatabase.administer(url) { session in
                try await session.script("create role \(login) login \(attributes)")
            }
            let own = url.replacing(#/user=\w+/#, with: "user=\(login)")
            try await withSite(environment: Self.production.merging(["DATABASE_URL": own]) { $1 }) { site in
                let doctor = try await site.run("doctor", "--host", "127.0.0.1", "--port", "0")
                #expect(doctor.output.contains(finding))
            }
        }
    }

    @Test func `arguments that mean nothing`() async throws {
        try await withSite { site in
            let misspelt = try await site.run("serve", "--prot", "1")
            #expect(misspelt.status == 1)
            #expect(misspelt.output == "Error: “--prot” is neither a command nor an option: see --help.\n")
            let help = try await site.run("serve", "--help")
            #expect(help.status == 0)
            #expect(help.output.contains("--shutdown-delay <0…15>  PLINTH_SHUTDOWN_DELAY"))
            let weak = try await site.run(
                "create-admin", "--email", "root@example.org", "--password-stdin", input: "short\n")
            #expect(weak.status == 1)
            #expect(weak.output.contains("Error: This password is not good enough: it needs at least 12 characters"))
        }
    }
}
