import Core

/// What the acts of webhooks leave in a team's log. The raw values are part of stored rows.
enum WebhookAction: String {
    case created = "webhook.created"
    case updated = "webhook.updated"
    case removed = "webhook.removed"
    case secretRotated = "webhook.secret_rotated"
    case tested = "webhook.tested"
    case redelivered = "webhook.redelivered"
    /// By nobody: it failed for too long, or said that it is gone.
    case paused = "webhook.paused"
}

extension OutboundWebhooks {
    func event(
        _ action: WebhookAction, on endpoint: ID<WebhookEndpoint>, of team: ID<Team>, by author: AuditAuthor,
        changes: [String: String] = [:], at now: Timestamp
    ) -> AuditEvent {
        author.event(
            action.rawValue, of: team, on: "webhook", endpoint, changes: changes, id: makeID(at: now), at: now)
    }
}

extension WebhookEndpoint {
    /// For the log. Of the address only the host: its path may be as good as a password.
    var logged: [String: String] {
        ["host": url.hostText, "events": subscription.logged, "is_active": String(isActive)]
    }
}

extension WebhookSubscription {
    fileprivate var logged: String {
        switch self {
        case .everything: "*"
        case .only(let kinds): kinds.map(\.rawValue).sorted().joined(separator: " ")
        }
    }
}
