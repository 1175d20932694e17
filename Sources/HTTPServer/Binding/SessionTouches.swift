import Auth
import Logging
import ServiceLifecycle

/// Notes that sessions were used, off the requests' way.
///
/// At most every five minutes a session, so a bounded buffer that drops the rest when the database is slow loses nothing
/// that matters.
final class SessionTouches: Service {
    private static let mostWaiting = 1000

    private let accounts: Accounts
    private let logger: Logger
    private let stream: AsyncStream<Principal>
    private let continuation: AsyncStream<Principal>.Continuation

    init(accounts: Accounts, logger: Logger) {
        self.accounts = accounts
        self.logger = logger
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.mostWaiting))
    }

    func note(_ principal: Principal) {
        continuation.yield(principal)
    }

    func run() async {
        await withTaskCancellationOrGracefulShutdownHandler {
            for await principal in stream {
                do {
                    try await accounts.touch(principal)
                } catch {
                    logger.debug("session not touched", metadata: ["error": "\(error)"])
                }
            }
        } onCancelOrGracefulShutdown: {
            self.continuation.finish()
        }
    }
}
