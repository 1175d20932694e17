import Logging
import ServiceLifecycle
import Testing

@testable import HTTPServer

/// The server as it is run, on a port of its own, over what stands in memory.
struct LiveAPI {
    let installation: TestInstallation
    let port: Int

    static func run(
        readiness: [ReadinessCheck] = [], configure: (inout HTTPSettings) -> Void = { _ in },
        _ body: (LiveAPI) async throws -> Void
    ) async throws {
        let installation = try await TestInstallation(readiness: readiness, configure: configure)
        let (ports, portFound) = AsyncStream.makeStream(of: Int.self)
        let serving = try HTTPServing(
            settings: installation.settings, services: installation.services, logger: TestInstallation.silent, exit: {},
            onRunning: { portFound.yield($0) })
        let group = ServiceGroup(
            configuration: .init(
                services: [serving.housekeeping, serving.application, serving.shutdown],
                logger: TestInstallation.silent))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var found = ports.makeAsyncIterator()
            let port = try #require(await found.next())
            do {
                try await body(LiveAPI(installation: installation, port: port))
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            serving.finished()
        }
    }

    func connect() throws -> RawConnection {
        try RawConnection(port: port)
    }

    /// Sends text on a connection of its own and reads all answers until the server closes.
    func exchange(_ text: String, isToHead: Bool = false) async throws -> [WireAnswer] {
        let connection = try connect()
        defer { connection.close() }
        try await connection.send(text)
        let (bytes, ending) = try await connection.receiveBytes()
        #expect(ending == .closed, "the server leaves the connection open")
        let (answers, isComplete) = try WireAnswer.readAll(bytes) { _ in isToHead }
        #expect(isComplete, "the last answer is cut: \(String(decoding: bytes, as: UTF8.self))")
        return answers
    }
}
