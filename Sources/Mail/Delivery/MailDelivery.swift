public import Core
public import Jobs
public import Logging
public import Persistence

/// Sends the mails that wait: what the jobs of ``OutgoingMail`` do.
public struct MailDelivery: Sendable {
    /// How long a provider may make us wait, whatever it asks for.
    private static let longestWait = Duration.hours(24)

    private let composer: MailComposer
    private let mailer: any Mailer
    private let database: any Database
    private let logger: Logger
    private let time: TimeSource

    public init(
        composer: MailComposer, mailer: any Mailer, database: any Database, logger: Logger, time: TimeSource = .system
    ) {
        self.composer = composer
        self.mailer = mailer
        self.database = database
        self.logger = logger
        self.time = time
    }

    public func add(to handlers: inout JobHandlers) {
        handlers.handle(OutgoingMail.self) { _, context in try await send(context.job) }
    }

    /// - Throws: `JobFailure`: when to try again, or that it is of no use; `MailFailure` for a try that failed.
    func send(_ job: Job) async throws {
        let message = try compose(job)
        if let token = try job.decoded(as: OutgoingMail.self).token, token.expiresAt <= time.now() {
            logger.notice("mail not sent: its link has expired", metadata: metadata(of: message))
            return
        }
        guard try await mayWrite(message) else {
            logger.notice("mail not sent: its address is suppressed", metadata: metadata(of: message))
            return
        }
        do {
            try await mailer.send(message)
        } catch MailFailure.temporary(let reason, let retryAfter?) {
            throw JobFailure.retry(after: min(max(retryAfter, .zero), Self.longestWait), reason: reason)
        } catch MailFailure.refused(let reason) {
            throw JobFailure.permanent("the mail is refused: \(reason)")
        } catch MailFailure.noSuchRecipient(let reason) {
            logger.notice("mail not sent: there is no such mailbox", metadata: metadata(of: message))
            _ = try await database.scoped(.system).mailSuppressions.record(
                MailSuppression(
                    emailKey: message.to.key, reason: .bounce, detail: reason, occurredAt: time.now()))
        }
    }

    private func compose(_ job: Job) throws -> EmailMessage {
        do {
            return try composer.message(of: job)
        } catch let problem as MailComposer.Problem {
            throw JobFailure.permanent("\(problem)")
        }
    }

    /// A mail that proves its address is what makes it good again, and somebody has just asked for it.
    private func mayWrite(_ message: EmailMessage) async throws -> Bool {
        if message.kind.provesAddress { return true }
        return try await database.scoped(.system).mailSuppressions.find(emailKey: message.to.key) == nil
    }

    private func metadata(of message: EmailMessage) -> Logger.Metadata {
        ["job": "\(message.id)", "kind": "\(message.kind.rawValue)"]
    }
}
