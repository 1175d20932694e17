import Auth
import Core
import Fakes
import Persistence
import Teams
import Testing

/// Proving that a domain is a team's own.
struct DomainProofTests {
    let test: TestTeams

    init() throws {
        test = try TestTeams()
    }

    private let name = "_plinth-challenge.example.org"

    @Test func `the record that is asked for proves a domain`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let domain = try await test.domain("example.org", of: team, by: ada)
        #expect(domain.status(at: test.time.now) == .pending && domain.role == .member)
        #expect(domain.expiresAt == test.time.now + .days(7) && domain.challenge.utf8.count == 43)
        await #expect(throws: TeamError.recordMissing) { try await test.verify(domain, of: team, by: ada) }
        test.records.set(["v=spf1 -all", "plinth-verification=\(domain.challenge)x"], of: name)
        await #expect(throws: TeamError.recordMissing) { try await test.verify(domain, of: team, by: ada) }
        test.records.set(["v=spf1 -all", "plinth-verification=\(domain.challenge)"], of: name)
        let verified = try await test.verify(domain, of: team, by: ada)
        #expect(verified.verification == .init(proof: .dns, verifiedAt: test.time.now))
        // Once more changes nothing, and asks nobody.
        let asked = test.records.asked.count
        test.records.set([], of: name)
        #expect(try await test.verify(domain, of: team, by: ada) == verified)
        #expect(test.records.asked.count == asked && Set(test.records.asked) == [name])
        #expect(try await test.actions(in: team, of: "domain") == ["domain.added", "domain.verified"])
    }

    @Test func `the embedder names the record`() async throws {
        let ada = try await test.person("ada")
        let challenge = DomainChallenge(label: "_acme", key: "acme")
        let (records, teams) = (test.records, test.teams(challenge: challenge))
        let team = try await test.team(of: ada)
        let domain = try await test.domain("example.org", of: team, by: ada)
        records.set(["acme=\(domain.challenge)"], of: "_acme.example.org")
        let verified = try await teams.verifyDomainByRecord(domain.id, of: team.id, by: ada, origin: test.origin)
        #expect(verified.verification?.proof == .dns)
    }

    @Test func `a link mailed to the postmaster proves it once, by whoever has it`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let domain = try await test.domain("example.org", of: team, by: ada)
        #expect(try await test.mail(domain, of: team, by: ada) == nil)
        let sent = try #require(try await test.mails().first)
        #expect(sent.to == "postmaster@example.org" && sent.kind.rawValue == "verify_domain")
        #expect(sent.path == "/verify-domain" && sent.userID == nil)
        #expect(
            sent.values == [
                "adder": "ada@example.org", "domain": "example.org", "hours": "24", "team": "Analytical Engines",
            ])
        let token = try await test.token()
        await #expect(throws: AuthError.invalidToken) {
            try await test.teams.confirmDomain("nothing", origin: test.origin)
        }
        try await test.teams.confirmDomain(token, origin: test.origin)
        await #expect(throws: AuthError.invalidToken) {
            try await test.teams.confirmDomain(token, origin: test.origin)
        }
        let seen = try await test.system.teamDomains.find(domain.id, in: team.id)
        #expect(seen?.verification?.proof == .email)
        #expect(try await test.mail(domain, of: team, by: ada)?.id == domain.id)
        #expect(
            try await test.actions(in: team, of: "domain") == ["domain.added", "domain.mailed", "domain.verified"])
    }

    @Test func `of two links the later one works, for a day`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let domain = try await test.domain("example.org", of: team, by: ada)
        _ = try await test.mail(domain, of: team, by: ada)
        let first = try await test.token()
        await #expect(throws: TeamError.throttled(retryAfter: .seconds(60))) {
            try await test.mail(domain, of: team, by: ada)
        }
        test.time.advance(by: .seconds(60))
        _ = try await test.mail(domain, of: team, by: ada)
        let second = try await test.token()
        await #expect(throws: AuthError.invalidToken) {
            try await test.teams.confirmDomain(first, origin: test.origin)
        }
        test.time.advance(by: .days(1))
        await #expect(throws: AuthError.tokenExpired) {
            try await test.teams.confirmDomain(second, origin: test.origin)
        }
    }

    @Test func `mails to one postmaster are counted whichever team asks`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let (team, other) = (try await test.team(of: ada), try await test.team(of: grace))
        let domain = try await test.domain("example.org", of: team, by: ada)
        let theirs = try await test.domain("example.org", of: other, by: grace)
        _ = try await test.mail(domain, of: team, by: ada)
        await #expect(throws: TeamError.throttled(retryAfter: .seconds(60))) {
            try await test.mail(theirs, of: other, by: grace)
        }
    }

    @Test func `a domain is one team's, however it is proven`() async throws {
        let (ada, grace) = (try await test.person("ada"), try await test.person("grace"))
        let (team, other) = (try await test.team(of: ada), try await test.team(of: grace))
        let domain = try await test.verifiedDomain("example.org", of: team, by: ada)
        let theirs = try await test.domain("example.org", of: other, by: grace)
        test.records.set(["plinth-verification=\(theirs.challenge)"], of: name)
        await #expect(throws: TeamError.domainTaken) { try await test.verify(theirs, of: other, by: grace) }
        _ = try await test.mail(theirs, of: other, by: grace)
        let token = try await test.token()
        await #expect(throws: TeamError.domainTaken) {
            try await test.teams.confirmDomain(token, origin: test.origin)
        }
        try await test.teams.removeDomain(domain.id, from: team.id, by: ada, origin: test.origin)
        #expect(try await test.verify(theirs, of: other, by: grace).verification != nil)
    }

    @Test func `where the DNS does not answer nothing is proven, and look-ups are counted`() async throws {
        let ada = try await test.person("ada")
        let team = try await test.team(of: ada)
        let domain = try await test.domain("example.org", of: team, by: ada)
        test.records.setUnavailable(true)
        for _ in 0..<20 {
            await #expect(throws: TeamError.recordsUnavailable) { try await test.verify(domain, of: team, by: ada) }
        }
        await #expect(throws: TeamError.throttled(retryAfter: .seconds(600))) {
            try await test.verify(domain, of: team, by: ada)
        }
        #expect(test.records.asked.count == 20)
    }

    @Test func `of teams that prove one domain at once one wins`() async throws {
        var claims: [(Principal, Team, TeamDomain)] = []
        for number in 0..<12 {
            let owner = try await test.person("owner\(number)")
            let team = try await test.team(of: owner)
            claims.append((owner, team, try await test.domain("example.org", of: team, by: owner)))
        }
        test.records.set(claims.map { "plinth-verification=\($0.2.challenge)" }, of: name)
        let outcomes = await withTaskGroup(of: TeamError?.self) { group in
            for (owner, team, domain) in claims {
                group.addTask {
                    do {
                        _ = try await test.verify(domain, of: team, by: owner)
                        return nil
                    } catch {
                        return error as? TeamError
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.count { $0 == .domainTaken } == 11)
    }
}
