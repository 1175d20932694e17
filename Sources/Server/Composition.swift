import Auth
import Core
import Flags
import HTTPServer
import Integrations
import Jobs
import Logging
import Mail
import Notifications
import Persistence
import PersistencePostgreSQL
import PostgresClient
import ServiceLifecycle
import Teams
import Webhooks

/// The one place where the concrete types meet.
struct Composition: Sendable {
    /// Who access tokens are for, below the base URL.
    private static let audiencePath = "/api"
    /// How often a revoked signing key is looked for.
    private static let keyInterval = Duration.minutes(1)
    /// How often the audit log is sealed: with what a batch takes, every event within 5 s.
    private static let sealInterval = Duration.seconds(2)
    /// How long jobs may go on when the server ends; requests have had their time before.
    private static let jobGrace = Duration.seconds(4)

    let database: PostgresDatabase
    let accounts: Accounts
    let teams: Teams
    let flags: FeatureFlags
    let outbox: MailOutbox
    let ring: SigningKeyRing
    private let configuration: ServerConfiguration
    private let keys: MasterKeys
    private let port: Int
    private let delivery: MailDelivery
    private let objects: DiskObjectStore
    private let links: ObjectLinks
    private let providers: OpenIDSignIn
    private let outbound = OutboundHTTP()
    private let webhooks: OutboundWebhooks
    private let verifier: AccessTokenVerifier
    private let limiter: RequestLimiter
    private let logger: Logger
    private let time: TimeSource
    private let randomness: Randomness

    /// - Parameter port: Where the server listens, which the base URL may follow.
    init(
        _ configuration: ServerConfiguration, port: Int, database client: PostgresConfiguration, keys: MasterKeys,
        logger: Logger, time: TimeSource = .system, randomness: Randomness = .system
    ) throws {
        self.configuration = configuration
        self.keys = keys
        self.port = port
        self.logger = logger
        self.time = time
        self.randomness = randomness
        let baseURL = configuration.http.baseURL(port: port)
        let auth = AuthConfiguration(
            baseURL: baseURL, requiresVerifiedEmail: configuration.accounts.requiresVerifiedEmail)
        let audience = baseURL + Self.audiencePath

        database = PostgresDatabase(configuration: client, logger: logger)
        ring = SigningKeyRing(database: database, masterKeys: keys, time: time)
        verifier = AccessTokenVerifier(
            issuer: baseURL, audience: audience, ring: ring, cache: VerifiedTokenCache())
        limiter = RequestLimiter(store: database.keyValues, time: time)
        accounts = Accounts(
            database: database, throttle: Throttle(store: database.keyValues, time: time),
            passwords: Passwords(parameters: .standard, pool: HashingPool(), randomness: randomness),
            passwordPolicy: PasswordPolicy(), keys: keys,
            issuer: AccessTokenIssuer(issuer: baseURL, audience: audience, ring: ring, randomness: randomness),
            configuration: auth, time: time, randomness: randomness)
        let webhooks = OutboundWebhooks(
            database: database, sealing: keys.secretSealing,
            sender: HTTPWebhookSender(reach: configuration.webhooks.reach), reach: configuration.webhooks.reach,
            time: time, randomness: randomness
        ) { endpoint, store in
            logger.notice(
                "webhook paused", metadata: ["id": "\(endpoint.id)", "kind": "\(endpoint.pause?.rawValue ?? "")"])
            try await TeamNotice.webhookPaused(in: endpoint.teamID)
                .enqueue(in: store, at: time.now(), randomness: randomness)
        }
        self.webhooks = webhooks
        teams = Teams(
            database: database, throttle: Throttle(store: database.keyValues, time: time), keys: keys,
            entitlements: FixedEntitlements.free, records: SystemDomainRecords(), time: time,
            randomness: randomness
        ) { kind, event, store in
            try await webhooks.announce(kind, in: event.teamID, data: event, through: store)
        }
        flags = FeatureFlags(database: database)
        links = ObjectLinks(keys: keys, baseURL: baseURL)
        objects = DiskObjectStore(
            directory: configuration.filesDirectory, time: time, randomness: randomness,
            link: links.url)
        let tokens = OneTimeTokens(keys: keys)
        let composer = MailComposer(
            templates: try MailTemplates(), from: configuration.mail.from, baseURL: baseURL,
            productName: auth.productName
        ) { tokens.token(for: $0, purpose: $1, matching: $2) }
        outbox = MailOutbox(queue: database.jobQueue, composer: composer)
        let transport = OutboundOpenID(http: outbound)
        providers = OpenIDSignIn(
            accounts: accounts,
            clients: try configuration.providers.providers(baseURL: baseURL).map { settings in
                OpenIDClient(settings: settings, transport: transport, time: time)
            })
        let mailer: any Mailer =
            switch configuration.mail.way {
            case .outbox: OutboxMailer()
            case .smtp(let server): SMTPMailer(server: server)
            case .sendGrid(let key, let base): SendGridMailer(key: key, base: base, http: outbound, time: time)
            }
        delivery = MailDelivery(composer: composer, mailer: mailer, database: database, logger: logger, time: time)
    }

    /// - Parameter databaseSummary: Which PostgreSQL it is, for the readiness report.
    func http(
        databaseSummary: String, onRunning: @escaping @Sendable (_ port: Int) async -> Void
    ) throws -> HTTPServing {
        let readiness = [
            ReadinessCheck(name: "database", detail: databaseSummary) { [database] in try await database.ping() },
            ReadinessCheck(name: "files", detail: "on disk in \(configuration.filesDirectory)") {},
            ReadinessCheck(name: "mail", detail: configuration.mail.summary) {},
        ]
        return try HTTPServing(
            settings: configuration.http.settings(
                port: port, isProduction: configuration.isProduction,
                requiresVerifiedEmail: configuration.accounts.requiresVerifiedEmail),
            services: HTTPServices(
                database: database, masterKeys: keys, accounts: accounts,
                avatars: Avatars(accounts: accounts, objects: objects), exports: exports,
                notifications: NotificationCentre(database: database, signals: database, time: time),
                teams: teams,
                teamAvatars: TeamAvatars(
                    teams: teams, baseURL: configuration.http.baseURL(port: port), objects: objects),
                flags: flags, webhooks: webhooks,
                providers: providers, jobs: jobs,
                verifier: verifier, keys: ring,
                limiter: limiter,
                outbox: configuration.isProduction ? nil : outbox,
                mailReception: configuration.mail.reports.map {
                    MailReception(reports: $0, database: database, time: time)
                },
                objects: LocalObjects(store: objects, links: links), readiness: readiness, time: time,
                randomness: randomness),
            logger: logger, exit: { LastResort.exit() }, onRunning: onRunning)
    }

    /// The services in the order of their group: they stop from the last to the first.
    func services(_ http: HTTPServing) -> [any Service] {
        workServices + [http.housekeeping, http.application, http.shutdown]
    }

    /// What does jobs, in the server or alone.
    var workServices: [any Service] {
        var handlers = JobHandlers()
        Housekeeping(
            database: database, accounts: accounts, teams: teams, exports: exports, objects: objects,
            webhooks: webhooks,
            time: time
        ).add(to: &handlers)
        handlers.handle(DataExportWork.self) { [exports] work, _ in try await exports.build(work) }
        delivery.add(to: &handlers)
        webhooks.add(to: &handlers)
        handlers.handle(TeamNotice.self) { [teams] notice, context in
            try await context.finishing { store in try await teams.tell(notice, in: store) }
        }
        handlers.handle(ObjectRemoval.self) { [objects] removal, _ in
            if let key = ObjectKey(removal.key) { try await objects.remove(key) }
        }
        let flagNews = FlagNews(database: database, flags: flags, logger: logger)
        var settings = JobWorkerSettings()
        settings.grace = Self.jobGrace
        return [
            JobWorker(
                database: database, queue: database.jobQueue, handlers: handlers, settings: settings, logger: logger,
                time: time, randomness: randomness),
            InstanceNews(database: database),
            KeyNews(database: database, ring: ring, logger: logger),
            flagNews,
            Scheduler(
                database: database, schedules: Housekeeping.schedules, logger: logger, time: time,
                randomness: randomness),
            PeriodicService("signing keys", every: Self.keyInterval, logger: logger, randomness: randomness) { [ring] in
                try await ring.reload()
            },
            PeriodicService("flags", every: FlagNews.interval, logger: logger, randomness: randomness) {
                await flagNews.look()
            },
            PeriodicService("audit seals", every: Self.sealInterval, logger: logger, randomness: randomness) {
                [sealer] in
                try await sealer.sealWaiting()
            },
        ]
    }

    private var exports: Exports { Exports(accounts: accounts, objects: objects) }

    private var sealer: AuditSealer { AuditSealer(database: database, randomness: randomness) }

    /// Whether the audit log is as it was recorded.
    var auditVerifier: AuditVerifier { AuditVerifier(database: database) }

    /// Seals secrets anew.
    var resealing: Resealing { Resealing(accounts: accounts, ring: ring, database: database) }

    /// The jobs, for administrators.
    var jobs: JobAdministration {
        JobAdministration(database: database, queue: database.jobQueue, time: time, randomness: randomness)
    }

    /// Runs `body`, then closes the connections.
    func closing<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            let result = try await body()
            await close()
            return result
        } catch {
            await close()
            throw error
        }
    }

    /// Closes the connections to the database and to other services.
    func close() async {
        await outbound.shutdown()
        database.client.shutdown()
    }
}
