import Core
import DatabaseSupport
import Foundation
import PostgresClient
import ProcessSupport
import Testing

/// The audit log in an operator's hands.
@Suite(.timeLimit(.minutes(3)))
struct AuditCommandTests {
    private func environment(_ url: String) -> [String: String] {
        [
            "DATABASE_URL": url, "PLINTH_SECRET_KEY": ServerConfigurationTests.key,
            "PLINTH_BASE_URL": "http://plinth.test",
        ]
    }

    @Test func `a server seals what happens, and the log holds`() async throws {
        try await TestDatabase.withMigrated { url async throws in
            try await withSite(environment: environment(url)) { site async throws in
                try await site.withServer { _, port async throws in
                    #expect(
                        try await Site.login(port, "demo@example.com", "a demonstration for everyone").status == 200)
                    try await waitUntil { try await count("audit_queue", url) == 0 }
                    #expect(try await count("audit_seals", url) > 0)
                    let verified = try await site.run("audit", "verify")
                    #expect(verified.status == 0 && verified.output.contains("0 events wait to be sealed."))
                    #expect(verified.output.hasSuffix("Nothing is wrong.\n"))
                }
            }
        }
    }

    @Test func `what is wrong is told line by line, with an exit code`() async throws {
        try await SealedLog.with { log async throws in
            try await withSite(environment: environment(log.url)) { site async throws in
                let whole = try await site.run("audit", "verify")
                #expect(whole.status == 0, "\(whole.output)")
                #expect(
                    whole.output.contains(
                        "9 sealed events in 3 chains verified, 0 erasures in them; 0 events wait to be sealed."))
                #expect(!whole.output.contains("head "))
                try await log.tamper(
                    """
                    update audit_events set action = 'user.created' where id = '\(SealedLog.id(2))';
                    delete from audit_seals where scope = 'system' and sequence = 2
                    """)
                let tampered = try await site.run("audit", "verify")
                #expect(tampered.status == 1)
                for line in [
                    "system, place 1, event \(SealedLog.id(8)): the tail is cut, places are missing after it: 1",
                    "user \(SealedLog.person), place 2, event \(SealedLog.id(2)): the event was altered",
                    "system, event \(SealedLog.id(9)): the event is in no chain", "3 things are wrong.",
                ] {
                    #expect(tampered.output.contains(line + "\n"), "\(tampered.output)")
                }
                let team = try await site.run("audit", "verify", "--team", "00000000-0000-0002-0000-000000000001")
                #expect(team.status == 0 && team.output.contains("3 sealed events in 1 chains"), "\(team.output)")
                #expect(team.output.contains("head team 00000000-0000-0002-0000-000000000001 3 "))
                #expect(try await site.run("audit", "verify", "--user", SealedLog.person.description).status == 1)
            }
        }
    }

    @Test func `heads that were noted are compared`() async throws {
        try await SealedLog.with { log async throws in
            try await withSite(environment: environment(log.url)) { site async throws in
                let path = "\(site.directory)/heads"
                let heads = try await site.run("audit", "verify", "--heads").output
                #expect(heads.split(separator: "\n").count { $0.hasPrefix("head ") } == 3)
                try heads.write(toFile: path, atomically: true, encoding: .utf8)
                try await log.record(10)
                try await log.seal()
                #expect(try await site.run("audit", "verify", "--noted", path).status == 0)
                try await log.tamper("update audit_seals set hash = sha256('') where scope = 'team' and sequence = 3")
                let tampered = try await site.run("audit", "verify", "--noted", path)
                #expect(tampered.status == 1 && tampered.output.contains("not the one whose head was noted"))
                try "head team 1 2\n".write(toFile: path, atomically: true, encoding: .utf8)
                #expect(try await site.run("audit", "verify", "--noted", path).output.contains("is no head of a chain"))
            }
        }
    }

    @Test(arguments: [
        ["--team", "1"], ["--user", ""], ["--noted", "/nowhere/heads"],
        ["--team", "00000000-0000-0002-0000-000000000001", "--user", "00000000-0000-0002-0000-000000000001"],
    ])
    func `arguments that make no sense are refused`(arguments: [String]) async throws {
        try await withTemporaryDirectory { directory in
            let (status, output) = try await ServerProgram.run(
                ["audit", "verify"] + arguments, in: directory,
                environment: environment("postgresql://nobody@127.0.0.1:1/none"))
            #expect(status == 64, "\(output)")
        }
    }

    private func count(_ table: String, _ url: String) async throws -> Int {
        try await TestDatabase.administer(url) { session in
            let rows = try await session.query("select count(*) from \(unescaped: table)")
            var columns = try #require(rows.first).columns
            return try columns.next()
        }
    }

    /// Asks again until it is so.
    private func waitUntil(_ isSo: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if try await isSo() { return }
        }
        Issue.record("it did not come about within 30 s")
    }
}
