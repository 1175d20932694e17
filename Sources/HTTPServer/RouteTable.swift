import API
import Auth
import Core
import Hummingbird
import Logging

/// Every route with its handler, and the way that requests take to them.
struct RouteTable {
    let pipeline: RequestPipeline
    let touches: SessionTouches

    /// - Throws: ``BindingError`` for an endpoint without a handler; `SchemaRecordingError` for one that can't be described.
    init(settings: HTTPSettings, services: HTTPServices, shutdown: ShutdownState, logger: Logger) throws {
        let cookies = CookieNames(isSecure: settings.isSecure)
        let endpoints = APIDescription.endpoints.filter { endpoint in
            let traits = endpoint.traits
            if traits.tag == ObjectEndpoints.tag { return services.objects != nil }
            return !traits.isDevelopmentOnly || (!settings.isProduction && services.outbox != nil)
        }
        touches = SessionTouches(accounts: services.accounts, logger: logger)
        let gate = Gate(
            accounts: services.accounts, touches: touches, origins: Set(settings.allowedOrigins + [settings.baseURL]))

        var binder = Binder(
            gate: gate,
            idempotency: Idempotency(
                database: services.database, masterKeys: services.masterKeys, time: services.time))
        try AuthRoutes(
            accounts: services.accounts, keys: services.keys, cookies: cookies, settings: settings, time: services.time,
            gate: gate, providers: services.providers.providers
        ).bind(to: &binder)
        try MailedLinkRoutes(accounts: services.accounts, cookies: cookies, time: services.time).bind(to: &binder)
        try SecondFactorRoutes(accounts: services.accounts).bind(to: &binder)
        try PasskeyRoutes(accounts: services.accounts, cookies: cookies, time: services.time).bind(to: &binder)
        try ProviderRoutes(
            accounts: services.accounts, signIn: services.providers, cookies: cookies,
            targets: RedirectTargets(base: settings.baseURL, origins: Set(settings.allowedOrigins)),
            time: services.time, logger: logger
        ).bind(to: &binder)
        try APIKeyRoutes(accounts: services.accounts).bind(to: &binder)
        try UserRoutes(accounts: services.accounts).bind(to: &binder)
        try ExportRoutes(exports: services.exports, time: services.time).bind(to: &binder)
        try AvatarRoutes(avatars: services.avatars).bind(to: &binder)
        try NotificationRoutes(
            centre: services.notifications, accounts: services.accounts, baseURL: settings.baseURL,
            time: services.time, randomness: services.randomness
        ).bind(to: &binder)
        try TeamRoutes(teams: services.teams).bind(to: &binder)
        try MemberRoutes(teams: services.teams).bind(to: &binder)
        try RoleRoutes(teams: services.teams).bind(to: &binder)
        try GrantRoutes(teams: services.teams).bind(to: &binder)
        try TeamAvatarRoutes(avatars: services.teamAvatars).bind(to: &binder)
        try InvitationRoutes(teams: services.teams, baseURL: settings.baseURL, time: services.time).bind(to: &binder)
        try DomainRoutes(teams: services.teams, time: services.time).bind(to: &binder)
        try TeamKeyRoutes(teams: services.teams).bind(to: &binder)
        try AuditLogRoutes(teams: services.teams).bind(to: &binder)
        try TeamWebhookRoutes(teams: services.teams, webhooks: services.webhooks).bind(to: &binder)
        try AdminUserRoutes(accounts: services.accounts).bind(to: &binder)
        try ImpersonationRoutes(accounts: services.accounts, cookies: cookies).bind(to: &binder)
        try AdminTeamRoutes(teams: services.teams).bind(to: &binder)
        try AdminRoutes(accounts: services.accounts).bind(to: &binder)
        try FlagRoutes(flags: services.flags, accounts: services.accounts, teams: services.teams).bind(to: &binder)
        try JobRoutes(jobs: services.jobs, time: services.time).bind(to: &binder)
        try WebhookRoutes(mail: services.mailReception).bind(to: &binder)
        try OperationsRoutes(
            checks: services.readiness, shutdown: shutdown,
            description: OpenAPIDocument.encode(
                endpoints: endpoints.map { try $0.described() },
                info: OpenAPIDocument.Info(
                    title: "Plinth", version: "1", summary: "Accounts, sessions and what follows from them.",
                    serverURL: settings.baseURL)),
            logger: logger
        ).bind(to: &binder)
        if let objects = services.objects {
            try ObjectRoutes(objects: objects, time: services.time).bind(to: &binder)
        }
        if let outbox = services.outbox, !settings.isProduction {
            try MailRoutes(outbox: outbox).bind(to: &binder)
        }
        pipeline = RequestPipeline(
            routes: RouteTree(try binder.routes(of: endpoints)),
            origins: AllowedOrigins(origins: Set(settings.allowedOrigins)),
            credentials: CredentialReader(
                verifier: services.verifier, masterKeys: services.masterKeys, cookies: cookies, time: services.time),
            clients: ClientAddress(trusted: settings.trustedProxies),
            limits: RateLimits(limiter: services.limiter, perMinute: settings.requestsPerMinute),
            observation: Observation(), securityHeaders: SecurityHeaders.answer(isSecure: settings.isSecure))
    }
}
