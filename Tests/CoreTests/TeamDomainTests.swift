import Core
import Testing

struct TeamDomainTests {
    private func domain(verification: TeamDomain.Verification? = nil) throws -> TeamDomain {
        TeamDomain(
            id: ID(high: 1, low: 1), teamID: ID(high: 1, low: 2),
            name: try #require(DomainName(parsing: "example.org")),
            role: .member, challenge: "abc", addedBy: nil, createdAt: Timestamp(seconds: 0),
            expiresAt: Timestamp(seconds: 60), verification: verification)
    }

    @Test func `a domain waits until its time is over, and once proven for ever`() throws {
        let pending = try domain()
        #expect(pending.status(at: Timestamp(seconds: 60) - .microseconds(1)) == .pending)
        #expect(pending.status(at: Timestamp(seconds: 60)) == .expired)
        let proven = try domain(verification: .init(proof: .email, verifiedAt: Timestamp(seconds: 1)))
        #expect(proven.status(at: Timestamp(seconds: 1_000_000)) == .verified)
    }

    @Test func `the record stands below the domain, and says the token`() throws {
        let domain = try domain()
        #expect(DomainChallenge.plinth.recordName(of: domain.name) == "_plinth-challenge.example.org")
        #expect(DomainChallenge.plinth.recordText(of: domain) == "plinth-verification=abc")
        let own = DomainChallenge(label: "_acme", key: "acme")
        #expect(own.recordName(of: domain.name) == "_acme.example.org" && own.recordText(of: domain) == "acme=abc")
    }

    @Test(arguments: [
        ("gmail.com", true), ("GMAIL.com", true), ("hotmail.fr", true), ("proton.me", true), ("mail.ru", true),
        ("example.org", false), ("mail.gmail.com", false), ("notgmail.com", false), ("google.com", false),
    ])
    func `domains where everybody can have an address are known`(name: String, isPublic: Bool) throws {
        #expect(try #require(DomainName(parsing: name)).isOfPublicMail == isPublic)
    }
}
