public import Core
import Foundation

/// Sends mails to a mail server through libcurl, a connection each.
///
/// libcurl blocks, so each mail has a thread of its own while it is sent: a thread of a pool that tasks run on as well
/// would keep them waiting.
public struct SMTPMailer: Mailer {
    private let server: SMTPServer
    private let limits: SMTPTransfer.Limits

    public init(server: SMTPServer) {
        self.init(server: server, limits: .standard)
    }

    init(server: SMTPServer, limits: SMTPTransfer.Limits) {
        self.server = server
        self.limits = limits
    }

    public func send(_ message: EmailMessage) async throws {
        let transfer = SMTPTransfer(message: message, server: server, limits: limits)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                Thread.detachNewThread {
                    transfer.run { continuation.resume(with: $0) }
                }
            }
        } onCancel: {
            transfer.cancel()
        }
    }
}
