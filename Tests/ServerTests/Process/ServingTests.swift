import DatabaseSupport
import Foundation
import ProcessSupport
import Testing

/// The executable as a person meets it: on a new machine, after a crash, with commands beside it.
@Suite(.timeLimit(.minutes(3)))
struct ServingTests {
    private static let password = "correct horse battery staple"

    @Test func `one command serves accounts, and a kill loses none of them`() async throws {
        // What libraries would take for their own settings is ignored.
        let foreign = ["PGPORT": "1", "PGOPTIONS": "-c nonsense=1", "PGSSLMODE": "nonsense", "LOG_LEVEL": "nonsense"]
        try await withSite(environment: foreign) { site in
            try await site.withServer { server, port in
                #expect(
                    await server.output.soFar.contains("Plinth is running at http://localhost:\(port) (development)"))
                #expect(await server.output.soFar.contains("stand-in: a private PostgreSQL in ./.plinth/postgres"))
                #expect(try await Site.register(port, "ada@example.org", Self.password).status == 201)
                let login = try await Site.login(port, "demo@example.com", "a demonstration for everyone")
                #expect(login.status == 200)
                let token = try #require(login.value("access_token"))
                let me = try await Site.request(port, "GET", "/api/v1/users/me", token: token)
                #expect(me.value("email") == "demo@example.com")
                #expect(try await Site.request(port, "GET", "/health/ready").status == 200)
                server.send(SIGKILL)
                #expect(await server.exitStatus == -SIGKILL)
            }
            try await site.withServer { server, port in
                #expect(await server.output.soFar.contains("adopted=true"))
                let login = try await Site.login(port, "ada@example.org", Self.password)
                #expect(login.status == 200)
                #expect(await server.stop() == 0)
            }
            #expect(!FileManager.default.fileExists(atPath: "\(site.directory)/.plinth/postgres/postmaster.pid"))
        }
    }

    @Test func `work that comes again is done, and an operator sees it`() async throws {
        try await withSite { site in
            try await site.withServer { _, _ in
                let deadline = ContinuousClock.now + .seconds(60)
                var listed = ""
                while !listed.contains("finished  housekeeping"), ContinuousClock.now < deadline {
                    listed = try await site.run("jobs", "list", "--name", "housekeeping").output
                }
                #expect(listed.contains("finished  housekeeping"))
                let id = try #require(listed.split(separator: " ").first.map(String.init))
                let refused = try await site.run("jobs", "retry", id)
                #expect(refused.status != 0)
                #expect(refused.output.contains("the job is"))
                #expect(try await site.run("jobs", "cancel", "x").output.contains("is no id of a job"))
                #expect(try await site.run("jobs", "--state", "lost").output.contains("none of available"))
            }
        }
    }

    /// There is nothing to listen to; a service that ended would end the server.
    @Test func `behind a pooler without a direct address the server stays up, and jobs are found by looking`()
        async throws
    {
        try await TestDatabase.withMigrated { url in
            let environment = [
                "DATABASE_URL": url, "DATABASE_POOLER": "transaction", "PLINTH_EMAIL_VERIFICATION": "required",
            ]
            try await withSite(environment: environment) { site in
                try await site.withServer { _, port in
                    #expect(try await Site.register(port, "ada@example.org", Self.password).status == 202)
                    let deadline = ContinuousClock.now + .seconds(60)
                    var listed = ""
                    while !listed.contains("finished  mail.send"), ContinuousClock.now < deadline {
                        listed = try await site.run("jobs", "list", "--name", "mail.send", "--state", "finished").output
                    }
                    #expect(listed.contains("finished  mail.send"))
                    #expect(try await Site.request(port, "GET", "/health/ready").status == 200)
                }
            }
        }
    }

    @Test func `commands work beside a server on its private database`() async throws {
        try await withSite(environment: ["PLINTH_EMAIL_VERIFICATION": "required"]) { site in
            try await site.withServer { _, port in
                #expect(try await Site.register(port, "ada@example.org", Self.password).status == 202)
                #expect(try await Site.login(port, "ada@example.org", Self.password).status == 403)

                let outbox = try await site.run("outbox", "--to", "Ada@example.org", "--base-url", "http://a.test")
                #expect(outbox.status == 0)
                let link = try #require(
                    outbox.output.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http://a.test/") })
                let shown = try await Site.request(port, "GET", "/dev/outbox?to=ada@example.org")
                let token = try #require(link.split(separator: "=").last)
                #expect(shown.newestLinks.first?.hasSuffix("=\(token)") == true)
                let verified = try await Site.request(
                    port, "POST", "/api/v1/auth/email/verify", json: #"{"token":"\#(token)"}"#)
                #expect(verified.status == 200)
                #expect(try await Site.login(port, "ada@example.org", Self.password).status == 200)

                let admin = try await site.run(
                    "create-admin", "--email", "root@example.org", "--password-stdin", input: Self.password + "\n")
                #expect(admin.status == 0)
                #expect(admin.output.contains("root@example.org can sign in as an administrator now"))
                let login = try await Site.login(port, "root@example.org", Self.password)
                #expect(login.body.contains(#""is_superuser":true"#))

                let again = try await site.run(
                    "create-admin", "--email", "root@example.org", "--password-stdin", input: Self.password + "\n")
                #expect(again.status == 1)
                #expect(again.output.hasSuffix("exists already: choose another address.\n"))

                let seed = try await site.run("seed-demo")
                #expect(seed.output.contains("was there already"))
                let migrations = try await site.run("migrate")
                #expect(migrations.status == 0)
                #expect(migrations.output.hasSuffix("The schema is up to date.\n"))
                let doctor = try await site.run("doctor", "--port", "\(port)")
                #expect(doctor.status == 0)
                #expect(
                    doctor.output.contains("✓ port: 127.0.0.1 port \(port) is taken, as a server runs on this data"))
            }
        }
    }

    @Test func `settings come from the .env file of the working directory`() async throws {
        try await withSite { site in
            let text = "export PLINTH_PORT=0 # any\nPLINTH_LOG_LEVEL='warning'\nPLINTH_PROT=1\n"
            try text.write(toFile: "\(site.directory)/.env", atomically: true, encoding: .utf8)
            let server = try ServerProgram([], in: site.directory)
            _ = try await server.port
            #expect(await server.stop() == 0)
            let output = await server.output.whole()
            #expect(
                output.contains("PLINTH_PROT is no setting of this server and is ignored: did you mean PLINTH_PORT?"))
            #expect(!output.contains(" info "))
        }
    }
}
