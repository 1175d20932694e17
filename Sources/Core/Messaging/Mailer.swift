/// What mails are sent through.
public protocol Mailer: Sendable {
    /// Hands the mail over. When it returns, the mail is the other side's responsibility.
    /// - Throws: ``MailFailure``. After ``MailFailure/temporary(reason:retryAfter:)`` the other side may have it all the
    ///   same; it is sent again with the same ``EmailMessage/messageID``.
    func send(_ message: EmailMessage) async throws
}

/// Why a mail was not handed over. The reasons name no address.
public enum MailFailure: Error, Equatable {
    /// Another try may work: no connection, no answer, overload, a setting that an operator can mend.
    case temporary(reason: String, retryAfter: Duration? = nil)
    /// The mail is refused, and would be again.
    case refused(reason: String)
    /// There is no such mailbox.
    case noSuchRecipient(reason: String)
}

extension MailFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .temporary(let reason, _), .refused(let reason), .noSuchRecipient(let reason): reason
        }
    }
}
