import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Testing

@testable import HTTPServer

/// A small Hummingbird application on a port of its own, behind the guards.
struct GuardedServer {
    let port: Int
    let registry: ConnectionRegistry
    let shutdown: ShutdownState
    /// Begins the graceful shutdown, as a signal would.
    let stop: @Sendable () async -> Void

    /// One complete response of the routes below, body included, is recognised by this.
    static let end = "#end"

    func connect(receiveBuffer: Int32? = nil) throws -> RawConnection {
        try RawConnection(port: port, receiveBuffer: receiveBuffer)
    }

    /// Sends one text on a new connection and returns everything until the server closes.
    func exchange(_ text: String, timeout: Duration = .seconds(30)) async throws -> String? {
        let connection = try connect()
        try await connection.send(text)
        return await connection.receiveToEnd(timeout: timeout)
    }

    /// Runs the server around `body` and shuts it down after it, cutting connections short if need be.
    static func run(
        limits: ConnectionLimits = .patient,
        phases: ShutdownPhases = ShutdownPhases(cancelAfter: .seconds(3), exitAfter: .seconds(30)),
        trusted: Set<String> = [],
        routes: (Router<GuardedContext>) -> Void = { _ in },
        _ body: (GuardedServer) async throws -> Void
    ) async throws {
        let router = Router(context: GuardedContext.self)
        router.get("ok") { _, _ in "ok" + end }
        router.post("echo") { request, context in
            context.channel.wantsRequestBody()
            return try await echo(request)
        }
        router.post("refuse") { _, _ in
            Response(status: .contentTooLarge, body: ResponseBody(byteBuffer: ByteBuffer(string: "no" + end)))
        }
        routes(router)

        let registry = ConnectionRegistry()
        let shutdown = ShutdownState()
        let settings = ConnectionSettings(
            limits: limits, registry: registry, shutdown: shutdown, requestID: { "test-id" },
            isExempt: { trusted.contains($0.ipAddress ?? "") })
        let (ports, portFound) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let application = Application(
            router: router,
            server: .guarded(settings),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in portFound.yield(channel.localAddress?.port ?? 0) },
            logger: logger)
        let phased = ShutdownService(state: shutdown, phases: phases, registry: registry, exit: {})
        let group = ServiceGroup(configuration: .init(services: [application, phased], logger: logger))

        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var found = ports.makeAsyncIterator()
            let port = try #require(await found.next())
            let server = GuardedServer(port: port, registry: registry, shutdown: shutdown) {
                await group.triggerGracefulShutdown()
            }
            do {
                try await body(server)
            } catch {
                registry.closeAll()
                await group.triggerGracefulShutdown()
                throw error
            }
            registry.closeAll()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            phased.finished()
        }
    }

    private static func echo(_ request: Request) async throws -> Response {
        var body = try await request.body.collect(upTo: 10_000_000)
        body.writeString(end)
        return Response(status: .ok, body: ResponseBody(byteBuffer: body))
    }
}

/// A context whose routes can speak to their connection.
struct GuardedContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}

extension ConnectionLimits {
    /// For tests of the deadlines: short, and therefore not for other tests, which may be held up for as long.
    static var quick: ConnectionLimits {
        var limits = ConnectionLimits()
        limits.headerDeadline = .milliseconds(1500)
        limits.bodyDeadline = .milliseconds(1500)
        limits.requestDeadline = .seconds(5)
        limits.idle = .seconds(3)
        limits.writeStall = .milliseconds(1500)
        limits.disconnectGrace = .milliseconds(50)
        limits.discardTime = .milliseconds(300)
        return limits
    }

    /// Long deadlines.
    static var patient: ConnectionLimits {
        var limits = ConnectionLimits()
        limits.discardTime = .milliseconds(300)
        return limits
    }
}
