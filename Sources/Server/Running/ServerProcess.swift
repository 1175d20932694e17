import Auth
import Core
import Flags
import Foundation
import HTTPServer
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The server's life: start, service, end.
struct ServerProcess: Sendable {
    enum Role: Sendable {
        /// Answers requests and does jobs.
        case server
        /// Does jobs only.
        case worker
    }

    let configuration: ServerConfiguration
    var role = Role.server
    /// Whether pending migrations are applied at start.
    let migrating: Bool
    let logger: Logger

    /// Returns after a signal has ended the server, also while it was still starting.
    func run() async throws {
        // A reader that went away shows in what a write returns.
        signal(SIGPIPE, SIG_IGN)
        let interruption = Interruption()
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let listener = Task {
            for await signal in signals { await interruption.received(signal) }
        }
        defer { listener.cancel() }
        do {
            try await start(interruption)
        } catch  where interruption.isRequested {
            // Whatever the start-up was cut off from.
            logger.info("ended by a signal", metadata: ["reason": "\(error)"])
        }
    }

    private func start(_ interruption: Interruption) async throws {
        let port =
            role == .server
            ? try ListeningPort.find(host: configuration.http.host, port: configuration.http.port)
            : configuration.http.port
        let database = try await interruption.cancelling { [configuration, logger, role] in
            try await OpenDatabase.open(
                configuration.database, for: role == .server ? .server : .command, logger: logger)
        }
        do {
            let finish = try await serve(on: database, port: port, interruption)
            await database.close()
            finish()
        } catch {
            await database.close()
            throw error
        }
    }

    /// - Returns: What to call when nothing is left that could hang.
    private func serve(
        on database: OpenDatabase, port: Int, _ interruption: Interruption
    ) async throws -> @Sendable () -> Void {
        let server = try await interruption.cancelling { [self] in
            try await PreparedServer.make(configuration, port: port, on: database, migrating: migrating, logger: logger)
        }
        return try await server.composition.closing {
            try await serve(server, on: database, port: port, interruption)
        }
    }

    private func serve(
        _ server: PreparedServer, on database: OpenDatabase, port: Int, _ interruption: Interruption
    ) async throws -> @Sendable () -> Void {
        guard role == .server else {
            Console.say("Plinth is doing jobs (\(configuration.environmentName)). Stop with Ctrl-C.")
            try await serve(server.composition.workServices, interruption)
            return {}
        }
        try await interruption.cancelling { [configuration] in
            try await FirstContact.patiently {
                try await server.composition.ring.reload()
                try await server.composition.flags.refresh()
                if !configuration.isProduction { _ = try await server.composition.accounts.seedDemo() }
            }
        }
        let banner = Banner(
            configuration: configuration, databaseSummary: database.summary,
            developmentKey: configuration.developmentKey?.path)
        if configuration.isProduction {
            logger.warning(
                "files are kept on disk: instances must share the directory",
                metadata: ["directory": "\(configuration.filesDirectory)"])
        }
        if configuration.isProduction, configuration.mail.way.isOutbox {
            logger.warning("mails are not sent", metadata: ["instead": "\(configuration.mail.summary)"])
        }
        let isRunning = Flag()
        let http = try server.composition.http(databaseSummary: database.summary) { port in
            isRunning.set()
            Console.say(banner.text(port: port))
        }
        do {
            try await serve(server.composition.services(http), interruption)
        } catch  where !isRunning.isSet {
            // Somebody may have taken the port since it was tried.
            _ = try ListeningPort.find(host: configuration.http.host, port: port)
            throw error
        }
        return { http.finished() }
    }

    private func serve(_ services: [any Service], _ interruption: Interruption) async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map {
                    ServiceGroupConfiguration.ServiceConfiguration(
                        service: $0, failureTerminationBehavior: .gracefullyShutdownGroup)
                },
                logger: logger))
        try await interruption.during {
            try await group.run()
        } obey: {
            await group.triggerGracefulShutdown()
        }
    }

    private final class Flag: Sendable {
        private let value = Mutex(false)
        var isSet: Bool { value.withLock { $0 } }
        func set() { value.withLock { $0 = true } }
    }
}
