import Core

/// What the acts of accounts need to know about the installation.
public struct AuthConfiguration: Sendable {
    /// Where the pages are that mailed links open, without a slash at the end: `https://app.example.com`.
    public let baseURL: String
    /// What the product calls itself in mails; no part of a password either.
    public let productName: String
    /// Whether an address must be proven before its account can sign in. Off is for development only: then a taken
    /// address is told apart from a free one.
    public let requiresVerifiedEmail: Bool
    /// The site that passkeys are made for; nil where browsers allow none (``RelyingParty/init(baseURL:name:)``).
    public let relyingParty: RelyingParty?

    public init(baseURL: String, productName: String = "Plinth", requiresVerifiedEmail: Bool = true) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.productName = productName
        relyingParty = RelyingParty(baseURL: baseURL, name: productName)
        self.requiresVerifiedEmail = requiresVerifiedEmail
    }
}

/// How long what the acts of accounts hand out stays good.
public enum Lifetimes {
    /// A session that is not refreshed.
    public static let idleSession: Duration = .days(7)
    /// A session, however often it is refreshed.
    public static let session: Duration = .days(30)
    /// A session in which an administrator acts in somebody else's name, however often it is refreshed: time to look at
    /// what was reported, too short to forget in whose name one is signed in.
    public static let impersonation: Duration = .hours(1)
    /// A mailed link that proves an address.
    public static let emailVerification: Duration = .hours(24)
    /// A mailed link to choose another password.
    public static let passwordReset: Duration = .minutes(30)
    /// A mailed link to choose the first password of an account that an administrator opened: as long as one that proves the
    /// address of a new account, for nothing is lost to whoever reads it before its owner.
    public static let firstPassword: Duration = emailVerification
    /// A mailed link that confirms a new address.
    public static let emailChange: Duration = .hours(1)
    /// A mailed link that brings the former address back.
    public static let emailChangeUndo: Duration = .days(7)
    /// A mailed link that signs in.
    public static let magicLink: Duration = .minutes(15)
    /// An invitation to a team.
    public static let invitation: Duration = .days(7)
    /// A domain of a team that is to be proven.
    public static let domainChallenge: Duration = .days(7)
    /// A mailed link that proves a domain of a team.
    public static let domainMail: Duration = .hours(24)
    /// What a session may do without asking for a credential again, from the time one was given.
    public static let privilegedWindow: Duration = .minutes(15)
    /// A device that is known by its cookie.
    public static let knownDevice: Duration = .days(365)
    /// An account that is to be deleted can be brought back.
    public static let deletion: Duration = .days(14)
    /// An archive of what is held about a person.
    public static let exportArchive: Duration = .days(7)
    /// An address at which such an archive is had without another credential.
    public static let exportLink: Duration = .hours(1)
    /// How often a session's last use is written at most.
    public static let lastSeenInterval: Duration = .minutes(5)
}
