import Auth
import Core

/// The mail to a domain's postmaster, whose link carries a token, and that token's hash.
struct DomainMail {
    let job: Job
    let hash: [UInt8]
    let expiresAt: Timestamp
}

extension Teams {
    /// The mailbox that every domain with mail has (RFC 5321, section 4.5.1).
    private static let postmaster = "postmaster"

    /// In the language of who asked for it: that of the postmaster is not known.
    func domainMail(to domain: TeamDomain, by adder: User, in change: TeamChange) throws -> DomainMail {
        let purpose = OneTimeToken.Purpose.verifyDomain
        let id = ID<Job>.make(at: change.now, randomness: randomness)
        let hash = OneTimeTokens.hash(of: OneTimeTokens(keys: keys).token(for: id, purpose: purpose))
        let expiresAt = change.now + purpose.lifetime
        let names = [
            "adder": adder.email.text, "domain": domain.name.ascii, "team": change.team.name.shownToStrangers,
        ]
        let mail = OutgoingMail(
            kind: purpose.mailKind, to: "\(Self.postmaster)@\(domain.name.ascii)", userID: nil,
            language: adder.language, path: purpose.path,
            token: OutgoingMail.Token(purpose: purpose, hash: hash, expiresAt: expiresAt),
            values: purpose.values.merging(names) { $1 })
        return DomainMail(job: try Job(mail, id: id, at: change.now), hash: hash, expiresAt: expiresAt)
    }
}
