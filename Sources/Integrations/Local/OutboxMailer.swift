public import Core

/// Stands in for a mail provider: leaves the mail where it is, in its finished job, which the outbox shows.
public struct OutboxMailer: Mailer {
    public init() {}

    public func send(_ message: EmailMessage) async throws {}
}
