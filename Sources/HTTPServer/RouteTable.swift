import API
import Auth
import Core
import Hummingbird
import Logging

/// Every middleware and every route, in the order that a request meets them.
struct RouteTable {
    let router: Router<PlinthRequestContext>
    let touches: SessionTouches

    /// - Throws: ``BindingError`` for an endpoint without a handler; `SchemaRecordingError` for one that can't be described.
    init(settings: HTTPSettings, services: HTTPServices, shutdown: ShutdownState, logger: Logger) throws {
        // HEAD is answered wherever GET is (RFC 9110, section 9.1).
        let router = Router(context: PlinthRequestContext.self, options: .autoGenerateHeadEndpoints)
        let cookies = CookieNames(isSecure: settings.isSecure)
        let endpoints = APIDescription.endpoints.filter {
            !$0.traits.isDevelopmentOnly || (!settings.isProduction && services.outbox != nil)
        }
        touches = SessionTouches(accounts: services.accounts, logger: logger)
        let gate = Gate(
            accounts: services.accounts, touches: touches, origins: Set(settings.allowedOrigins + [settings.baseURL]))

        router.add(middleware: ObservationMiddleware())
        router.add(middleware: SecurityMiddleware(isSecure: settings.isSecure))
        router.add(middleware: AllowedOriginsMiddleware(origins: Set(settings.allowedOrigins)))
        router.add(middleware: ErrorMiddleware())
        router.add(
            middleware: CredentialMiddleware(
                reader: CredentialReader(verifier: services.verifier, cookies: cookies, time: services.time),
                clients: ClientAddress(trusted: settings.trustedProxies)))
        router.add(
            middleware: RateLimitMiddleware(
                limiter: services.limiter, perMinute: settings.requestsPerMinute, endpoints: endpoints))
        router.add(middleware: UnboundMiddleware(endpoints: endpoints))

        var binder = Binder(router: router, gate: gate)
        try AuthRoutes(
            accounts: services.accounts, keys: services.keys, cookies: cookies, settings: settings, time: services.time,
            gate: gate
        ).bind(to: &binder)
        try UserRoutes(accounts: services.accounts).bind(to: &binder)
        try OperationsRoutes(
            checks: services.readiness, shutdown: shutdown,
            description: OpenAPIDocument.encode(
                endpoints: endpoints.map { try $0.described() },
                info: OpenAPIDocument.Info(
                    title: "Plinth", version: "1", summary: "Accounts, sessions and what follows from them.",
                    serverURL: settings.baseURL)),
            logger: logger
        ).bind(to: &binder)
        if let outbox = services.outbox, !settings.isProduction {
            try OutboxRoutes(outbox: outbox).bind(to: &binder)
        }
        try binder.requireHandlers(of: endpoints)
        self.router = router
    }
}
