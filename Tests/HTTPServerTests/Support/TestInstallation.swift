import Core
import Crypto
import Fakes
import Flags
import HTTPTypes
import Jobs
import Logging
import Mail
import Notifications
import Persistence
import PersistenceInMemory
import Teams
import Webhooks

@testable import Auth
@testable import HTTPServer

/// Everything the server stands on, in memory and with a clock that stands still.
struct TestInstallation {
    static let origin = "http://localhost:8080"
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    let database: InMemoryDatabase
    let records = InMemoryDomainRecords()
    let time = ManualTime()
    let hashing = FakeHashing()
    let shutdown = ShutdownState()
    let ring: SigningKeyRing
    let issuer: AccessTokenIssuer
    let settings: HTTPSettings
    let services: HTTPServices
    /// What is sent to the systems of teams.
    let receiver = RecordingWebhookSender()

    /// - Parameters:
    ///   - paysForHashes: Whether passwords are hashed by Argon2id after all.
    ///   - wrapping: What the accounts are kept through, where it is not the database itself.
    ///   - passwords: What hashes instead.
    ///   - configure: Changes the settings, which are those of development.
    init(
        database: InMemoryDatabase = InMemoryDatabase(), wrapping: (any Database)? = nil, paysForHashes: Bool = false,
        passwords: (any PasswordHashing)? = nil,
        readiness: [ReadinessCheck] = [], mailReports: (any MailReports)? = nil, providers: [OpenIDClient] = [],
        configure: (inout HTTPSettings) -> Void = { _ in }
    ) async throws {
        self.database = database
        let wrapped = wrapping ?? database
        var settings = HTTPSettings(
            host: "127.0.0.1", port: 0, baseURL: Self.origin, isProduction: false, requestsPerMinute: 100_000,
            requiresVerifiedEmail: false)
        configure(&settings)
        self.settings = settings
        let keys = try MasterKeys(hexadecimal: [HexDigits.encode(Randomness.seeded(1).bytes(32))])
        let keyValues = InMemoryKeyValueStore()
        ring = SigningKeyRing(database: database, masterKeys: keys, time: time.source)
        try await ring.reload()
        let configuration = AuthConfiguration(
            baseURL: settings.baseURL, requiresVerifiedEmail: settings.requiresVerifiedEmail)
        issuer = AccessTokenIssuer(issuer: settings.baseURL, audience: "test", ring: ring, randomness: .system)
        let accounts = Accounts(
            database: wrapped, throttle: Throttle(store: keyValues, time: time.source),
            hashing: passwords
                ?? (paysForHashes
                    ? Passwords(parameters: .least, pool: HashingPool(threads: 1, cost: .zero), randomness: .system)
                    : hashing),
            passwordPolicy: PasswordPolicy(), keys: keys, issuer: issuer, configuration: configuration,
            time: time.source, randomness: .system)
        let objects = InMemoryObjectStore(time: time.source) { Array(SHA256.hash(data: $0)) }
        let webhooks = OutboundWebhooks(
            database: database, sealing: keys.secretSealing, sender: receiver, time: time.source)
        let teams = Teams(
            database: database, throttle: Throttle(store: keyValues, time: time.source), keys: keys,
            entitlements: FixedEntitlements(seats: 5, plan: "free"), records: records, time: time.source
        ) { kind, event, store in
            try await webhooks.announce(kind, in: event.teamID, data: event, through: store)
        }
        services = HTTPServices(
            database: database, masterKeys: keys, accounts: accounts,
            avatars: Avatars(accounts: accounts, objects: objects),
            exports: Exports(accounts: accounts, objects: objects),
            notifications: NotificationCentre(database: database, signals: database, time: time.source),
            teams: teams,
            teamAvatars: TeamAvatars(teams: teams, baseURL: settings.baseURL, objects: objects),
            flags: FeatureFlags(database: database),
            webhooks: webhooks,
            providers: OpenIDSignIn(accounts: accounts, clients: providers),
            jobs: JobAdministration(database: database, queue: database.jobQueue(), time: time.source),
            verifier: AccessTokenVerifier(
                issuer: settings.baseURL, audience: "test", ring: ring, cache: VerifiedTokenCache()),
            keys: ring, limiter: RequestLimiter(store: keyValues, time: time.source),
            outbox: MailOutbox(
                queue: database.jobQueue(),
                composer: MailComposer(
                    templates: try MailTemplates(),
                    from: Mailbox(name: "Plinth", address: try EmailAddress(parsing: "no-reply@example.com")),
                    baseURL: settings.baseURL, productName: "Plinth", token: OneTimeTokens(keys: keys).token)),
            mailReception: mailReports.map { [time] in
                MailReception(reports: $0, database: database, time: time.source)
            },
            objects: LocalObjects(
                store: objects,
                links: ObjectLinks(keys: keys, baseURL: settings.baseURL)),
            readiness: readiness, time: time.source)
    }

    /// A binder of handlers to endpoints.
    var binder: Binder {
        Binder(
            gate: Gate(
                accounts: services.accounts,
                touches: SessionTouches(accounts: services.accounts, logger: Self.silent), origins: []),
            idempotency: Idempotency(
                database: services.database, masterKeys: services.masterKeys, time: services.time))
    }

    /// The way of requests to these routes alone.
    func pipeline(_ routes: [Route], requestsPerMinute: Int = 100_000) -> RequestPipeline {
        RequestPipeline(
            routes: RouteTree(routes), origins: AllowedOrigins(origins: []),
            credentials: CredentialReader(
                verifier: services.verifier, masterKeys: services.masterKeys, cookies: CookieNames(isSecure: false),
                time: services.time),
            clients: ClientAddress(trusted: []),
            limits: RateLimits(limiter: services.limiter, perMinute: requestsPerMinute), observation: Observation(),
            securityHeaders: [:])
    }
}
