import Core

/// Where a team has its systems told of what happens in it.
public enum TeamWebhookEndpoints {
    public static let list = Endpoint<TeamPath, ListQuery, Nothing, OK<List<WebhookBody>>>(
        .get, "/api/v1/teams/{team}/webhooks", id: "listWebhooks", tag: TeamEndpoints.tag,
        summary: "Lists the webhooks of a team, newest first.", authentication: .permitted(.webhooksRead),
        errors: TeamEndpoints.conditions + [.invalidCursor])

    public static let create = Endpoint<TeamPath, Nothing, CreateWebhookRequest, Created<NewWebhookBody>>(
        .post, "/api/v1/teams/{team}/webhooks", id: "createWebhook", tag: TeamEndpoints.tag,
        summary: "Makes a webhook, and shows its secret this once.", authentication: .session,
        errors: TeamEndpoints.conditions + [.limitReached]
    ) {
        $0.carriesCredentials = true
    }

    public static let show = Endpoint<WebhookPath, Nothing, Nothing, OK<WebhookBody>>(
        .get, "/api/v1/teams/{team}/webhooks/{id}", id: "getWebhook", tag: TeamEndpoints.tag,
        summary: "Shows a webhook.", authentication: .permitted(.webhooksRead), errors: TeamEndpoints.conditions)

    public static let update = Endpoint<WebhookPath, Nothing, UpdateWebhookRequest, OK<WebhookBody>>(
        .patch, "/api/v1/teams/{team}/webhooks/{id}", id: "updateWebhook", tag: TeamEndpoints.tag,
        summary: "Changes a webhook, pauses or resumes it.", authentication: .permitted(.webhooksWrite),
        errors: TeamEndpoints.conditions + [.versionConflict])

    public static let remove = Endpoint<WebhookPath, Nothing, Nothing, NoContent>(
        .delete, "/api/v1/teams/{team}/webhooks/{id}", id: "removeWebhook", tag: TeamEndpoints.tag,
        summary: "Removes a webhook with its deliveries.", authentication: .permitted(.webhooksWrite),
        errors: TeamEndpoints.conditions)

    public static let rotateSecret = Endpoint<
        WebhookPath, Nothing, RotateWebhookSecretRequest, OK<WebhookSecretBody>
    >(
        .post, "/api/v1/teams/{team}/webhooks/{id}/rotate-secret", id: "rotateWebhookSecret", tag: TeamEndpoints.tag,
        summary: "Gives a webhook another secret, shown this once; the former one signs too for a while.",
        authentication: .session, errors: TeamEndpoints.conditions
    ) {
        $0.acceptsEmptyBody = true
        $0.carriesCredentials = true
    }

    public static let test = Endpoint<WebhookPath, Nothing, Nothing, Accepted<WebhookDeliveryBody>>(
        .post, "/api/v1/teams/{team}/webhooks/{id}/test", id: "testWebhook", tag: TeamEndpoints.tag,
        summary: "Sends an event that says nothing, whatever the webhook wants; tried once.",
        authentication: .permitted(.webhooksWrite), errors: TeamEndpoints.conditions + [.webhookPaused]
    ) {
        $0.acceptsEmptyBody = true
    }

    public static let deliveries = Endpoint<WebhookPath, ListQuery, Nothing, OK<List<WebhookDeliveryBody>>>(
        .get, "/api/v1/teams/{team}/webhooks/{id}/deliveries", id: "listWebhookDeliveries", tag: TeamEndpoints.tag,
        summary: "Lists what was sent to a webhook in the last thirty days, newest first, and how it went.",
        authentication: .permitted(.webhooksRead), errors: TeamEndpoints.conditions + [.invalidCursor])

    public static let redeliver = Endpoint<WebhookDeliveryPath, Nothing, Nothing, Accepted<WebhookDeliveryBody>>(
        .post, "/api/v1/teams/{team}/webhooks/{id}/deliveries/{delivery}/redeliver", id: "redeliverWebhook",
        tag: TeamEndpoints.tag, summary: "Sends an event to the webhook once more, under the id that it had.",
        authentication: .permitted(.webhooksWrite), errors: TeamEndpoints.conditions + [.webhookPaused]
    ) {
        $0.acceptsEmptyBody = true
    }

    public static let all: [any DescribedEndpoint] = [
        list, create, show, update, remove, rotateSecret, test, deliveries, redeliver,
    ]
}
