import Auth
import Logging
import ServiceLifecycle

/// Notes that sessions and keys were used, off the requests' way.
///
/// At most every five minutes each, so a bounded buffer that drops the rest when the database is slow loses nothing
/// that matters.
final class SessionTouches: Service {
    private static let mostWaiting = 1000

    private let accounts: Accounts
    private let logger: Logger
    private let stream: AsyncStream<Use>
    private let continuation: AsyncStream<Use>.Continuation

    /// What was used.
    private enum Use {
        case person(Principal)
        case teamKey(TeamKeyPrincipal, address: String?)
    }

    init(accounts: Accounts, logger: Logger) {
        self.accounts = accounts
        self.logger = logger
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.mostWaiting))
    }

    func note(_ principal: Principal) {
        continuation.yield(.person(principal))
    }

    /// - Parameter address: The program's, in text form.
    func note(_ principal: TeamKeyPrincipal, from address: String?) {
        continuation.yield(.teamKey(principal, address: address))
    }

    func run() async {
        await withTaskCancellationOrGracefulShutdownHandler {
            for await use in stream {
                do {
                    switch use {
                    case .person(let principal): try await accounts.touch(principal)
                    case .teamKey(let principal, let address): try await accounts.touch(principal, from: address)
                    }
                } catch {
                    logger.debug("use not noted", metadata: ["error": "\(error)"])
                }
            }
        } onCancelOrGracefulShutdown: {
            self.continuation.finish()
        }
    }
}
