import API
import Auth
import Core
import Hummingbird
public import Logging
import NIOCore
public import ServiceLifecycle

/// The HTTP server, ready to run in a service group.
public struct HTTPServing: Sendable {
    /// Serves requests; second to last in the group.
    public let application: any Service
    /// Notes the use of sessions; anywhere in the group.
    public let housekeeping: any Service
    /// Brings the server down in phases; last in the group, so that it hears of the shutdown first.
    public var shutdown: any Service { phased }
    private let phased: ShutdownService
    /// How far the shutdown has come.
    public let state: ShutdownState

    /// Binds every endpoint and builds the channel.
    /// - Parameters:
    ///   - exit: Ends the process; called when something hangs at the end of a shutdown.
    ///   - onRunning: Called with the port once connections are accepted.
    /// - Throws: For a mistake in the program: an endpoint without a handler, or one that can't be described.
    public init(
        settings: HTTPSettings, services: HTTPServices, logger: Logger, exit: @escaping @Sendable () -> Void,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) throws {
        let registry = ConnectionRegistry()
        state = ShutdownState()
        let routes = try RouteTable(settings: settings, services: services, shutdown: state, logger: logger)
        let connection = ConnectionSettings(
            limits: settings.limits, registry: registry, shutdown: state, isSecure: settings.isSecure,
            requestID: { ID<HTTPSettings>.make(at: services.time.now(), randomness: services.randomness).description },
            isExempt: { address in
                address.ipAddress.map { text in settings.trustedProxies.contains { $0.contains(text) } } ?? true
            })
        application = Application(
            responder: routes.pipeline, server: .guarded(connection),
            configuration: .init(address: .hostname(settings.host, port: settings.port)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? settings.port) },
            logger: logger)
        housekeeping = routes.touches
        phased = ShutdownService(
            state: state, phases: ShutdownPhases(delay: settings.shutdownDelay), registry: registry, exit: exit)
    }

    /// Tells that the group has run: nothing hangs, so the process need not be ended by force.
    public func finished() {
        phased.finished()
    }
}
