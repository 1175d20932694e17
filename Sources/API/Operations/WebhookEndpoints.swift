/// What other services report.
public enum WebhookEndpoints {
    public static let sendGrid = Endpoint<Nothing, Nothing, Nothing, NoContent>(
        .post, "/api/v1/webhooks/sendgrid", id: "receiveSendGridEvents", tag: "webhooks",
        summary: "Takes SendGrid's signed events: bounces and complaints.", authentication: .none,
        errors: [.invalidSignature, .notFound]
    ) {
        $0.bodyLimit = .webhook
        $0.takesRawBody = true
        $0.isUnlimited = true
    }

    public static let all: [any DescribedEndpoint] = [sendGrid]
}
