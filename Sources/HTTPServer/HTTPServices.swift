public import Auth
public import Core
public import Flags
public import Jobs
public import Mail
public import Notifications
public import Persistence
public import Teams
public import Webhooks

/// What the routes call.
public struct HTTPServices: Sendable {
    /// Where answers are kept that may be asked for again.
    let database: any Database
    /// What they are sealed under.
    let masterKeys: MasterKeys
    let accounts: Accounts
    let avatars: Avatars
    let exports: Exports
    let notifications: NotificationCentre
    let teams: Teams
    let teamAvatars: TeamAvatars
    let flags: FeatureFlags
    let webhooks: OutboundWebhooks
    let providers: OpenIDSignIn
    let jobs: JobAdministration
    let verifier: AccessTokenVerifier
    let keys: SigningKeyRing
    let limiter: RequestLimiter
    let outbox: MailOutbox?
    let mailReception: MailReception?
    let objects: LocalObjects?
    let readiness: [ReadinessCheck]
    let time: TimeSource
    let randomness: Randomness

    /// - Parameters:
    ///   - outbox: What is shown below `/dev`; nil for nothing.
    ///   - mailReception: Who takes what a provider reports of mails; nil where none does.
    ///   - objects: The object store whose links lead here; nil where they lead elsewhere.
    public init(
        database: any Database, masterKeys: MasterKeys, accounts: Accounts, avatars: Avatars,
        exports: Exports, notifications: NotificationCentre, teams: Teams, teamAvatars: TeamAvatars,
        flags: FeatureFlags,
        webhooks: OutboundWebhooks,
        providers: OpenIDSignIn,
        jobs: JobAdministration,
        verifier: AccessTokenVerifier,
        keys: SigningKeyRing, limiter: RequestLimiter,
        outbox: MailOutbox?, mailReception: MailReception? = nil,
        objects: LocalObjects? = nil, readiness: [ReadinessCheck],
        time: TimeSource = .system,
        randomness: Randomness = .system
    ) {
        self.database = database
        self.masterKeys = masterKeys
        self.accounts = accounts
        self.avatars = avatars
        self.exports = exports
        self.notifications = notifications
        self.teams = teams
        self.teamAvatars = teamAvatars
        self.flags = flags
        self.webhooks = webhooks
        self.providers = providers
        self.jobs = jobs
        self.verifier = verifier
        self.keys = keys
        self.limiter = limiter
        self.outbox = outbox
        self.mailReception = mailReception
        self.objects = objects
        self.readiness = readiness
        self.time = time
        self.randomness = randomness
    }
}

/// Something the server can't work without.
public struct ReadinessCheck: Sendable {
    let name: String
    let detail: String
    let check: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - detail: Which real part or stand-in it is.
    ///   - check: Throws when it is not there.
    public init(name: String, detail: String, _ check: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.detail = detail
        self.check = check
    }
}
