public import Core

/// Why an act was refused.
public enum WebhookError: Error, Equatable {
    /// No such endpoint, or delivery, of this team.
    case notFound
    /// The team has ``OutboundWebhooks/mostEndpoints``.
    case tooManyEndpoints
    case url(WebhookURL.Problem)
    /// An endpoint that wants nothing.
    case noEvents
    /// The endpoint is not what the caller took it for.
    case preconditionFailed
    /// Others kept changing it.
    case versionConflict
    /// Nothing is delivered to it until it is resumed.
    case paused
}
