import ArgumentParser
import Hummingbird
import Logging

/// The least a Hummingbird server can do: the yardstick for what Plinth adds to a request.
struct Hello: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves `GET /hello` with a bare Hummingbird.")

    @Option(help: "Port on 127.0.0.1.") var port = 8090

    func run() async throws {
        let router = Router()
        router.get("hello") { _, _ in "hello" }
        var logger = Logger(label: "hello")
        logger.logLevel = .warning
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
        try await application.runService()
    }
}
