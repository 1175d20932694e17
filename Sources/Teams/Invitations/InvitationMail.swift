import Auth
import Core

/// The mail of an invitation, whose link carries a token, and that token's hash.
struct InvitationMail {
    let job: Job
    let hash: [UInt8]
}

extension Teams {
    /// The page that an invitation's link opens, below the base URL.
    public static let invitationPath = OneTimeToken.Purpose.invitation.path

    /// In the inviter's language: that of the receiver is not the team's to know.
    func invitationMail(to email: EmailAddress, by inviter: User, in change: TeamChange) throws -> InvitationMail {
        let purpose = OneTimeToken.Purpose.invitation
        let id = ID<Job>.make(at: change.now, randomness: randomness)
        let hash = OneTimeTokens.hash(of: OneTimeTokens(keys: keys).token(for: id, purpose: purpose))
        let names = ["inviter": inviter.email.text, "team": change.team.name.shownToStrangers]
        let mail = OutgoingMail(
            kind: purpose.mailKind, to: email.text, userID: nil, language: inviter.language, path: purpose.path,
            token: OutgoingMail.Token(purpose: purpose, hash: hash, expiresAt: change.now + purpose.lifetime),
            values: purpose.values.merging(names) { $1 })
        return InvitationMail(job: try Job(mail, id: id, at: change.now), hash: hash)
    }
}

extension TeamName {
    private static let longestShown = 60  // characters

    /// The name as far as it may stand in a mail to somebody who never heard of the team: whoever can make us write to an
    /// address must not choose what could be an advertisement or lead elsewhere. Empty where it could.
    var shownToStrangers: String {
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || " &'’()-_,".unicodeScalars.contains(scalar)
        }
        let words = text.lowercased()
        return isPlain && text.count <= Self.longestShown && !words.contains("http") && !words.contains("www")
            ? text : ""
    }
}
