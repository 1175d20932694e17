/// What exists in development only.
public enum DevelopmentEndpoints {
    public static let outbox = Endpoint<Nothing, OutboxQuery, Nothing, OK<OutboxBody>>(
        .get, "/dev/outbox", id: "listOutbox", tag: "development",
        summary: "The mails that would have been sent, newest first.", authentication: .none
    ) {
        $0.isDevelopmentOnly = true
        $0.entityTag = .none
        $0.carriesCredentials = true
    }

    public static let all: [any DescribedEndpoint] = [outbox]
}
