/// What exists in development only.
public enum DevelopmentEndpoints {
    public static let outbox = Endpoint<Nothing, OutboxQuery, Nothing, OK<OutboxBody>>(
        .get, "/dev/outbox", id: "listOutbox", tag: "development",
        summary: "The mails that wait or were sent, newest first.", authentication: .none, configure: isLocal)

    public static let mailbox = Endpoint<Nothing, Nothing, Nothing, HTMLPage>(
        .get, "/dev/mailbox", id: "showMailbox", tag: "development",
        summary: "The mails that wait or were sent, as a page.", authentication: .none, configure: isLocal)

    public static let mail = Endpoint<MailPath, Nothing, Nothing, HTMLPage>(
        .get, "/dev/mailbox/{id}", id: "showMail", tag: "development", summary: "One of them, as its reader sees it.",
        authentication: .none, configure: isLocal)

    public static let preview = Endpoint<
        MailTemplatePath, MailPreviewQuery, Nothing, Either<HTMLPage, PlainText>
    >(
        .get, "/dev/mail/{template}", id: "previewMail", tag: "development",
        summary: "What a template looks like, with values that stand for real ones.", authentication: .none,
        configure: isLocal)

    public static let all: [any DescribedEndpoint] = [outbox, mailbox, mail, preview]

    private static func isLocal(_ traits: inout EndpointTraits) {
        traits.isDevelopmentOnly = true
        traits.entityTag = .none
        traits.carriesCredentials = true
    }
}
