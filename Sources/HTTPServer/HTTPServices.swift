public import Auth
public import Core
public import Jobs
public import Persistence

/// What the routes call.
public struct HTTPServices: Sendable {
    /// Where answers are kept that may be asked for again.
    let database: any Database
    /// What they are sealed under.
    let masterKeys: MasterKeys
    let accounts: Accounts
    let jobs: JobAdministration
    let verifier: AccessTokenVerifier
    let keys: SigningKeyRing
    let limiter: RequestLimiter
    let outbox: (any OutboxReader)?
    let readiness: [ReadinessCheck]
    let time: TimeSource
    let randomness: Randomness

    /// - Parameter outbox: What `/dev/outbox` shows; nil for none.
    public init(
        database: any Database, masterKeys: MasterKeys, accounts: Accounts, jobs: JobAdministration,
        verifier: AccessTokenVerifier,
        keys: SigningKeyRing, limiter: RequestLimiter,
        outbox: (any OutboxReader)?, readiness: [ReadinessCheck], time: TimeSource = .system,
        randomness: Randomness = .system
    ) {
        self.database = database
        self.masterKeys = masterKeys
        self.accounts = accounts
        self.jobs = jobs
        self.verifier = verifier
        self.keys = keys
        self.limiter = limiter
        self.outbox = outbox
        self.readiness = readiness
        self.time = time
        self.randomness = randomness
    }
}

/// The mails that were to be sent.
public protocol OutboxReader: Sendable {
    /// The newest first, at most `limit`; those to one address where one is given.
    func newest(to recipient: EmailAddress?, limit: Int) async throws -> [RenderedMail]
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
