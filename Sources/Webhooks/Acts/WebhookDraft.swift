public import Core

/// An endpoint to be made.
public struct WebhookDraft: Sendable {
    public let url: String
    /// One line, at most ``Core/WebhookEndpoint/longestName`` bytes; may be empty.
    public let name: String
    public let subscription: WebhookSubscription

    public init(url: String, name: String = "", subscription: WebhookSubscription = .everything) {
        self.url = url
        self.name = name
        self.subscription = subscription
    }
}

/// What is to be changed of an endpoint; nil for what stays.
public struct WebhookChanges: Sendable {
    public let url: String?
    public let name: String?
    public let subscription: WebhookSubscription?
    /// False pauses it, true resumes it, for whatever reason it was paused.
    public let isActive: Bool?

    public init(
        url: String? = nil, name: String? = nil, subscription: WebhookSubscription? = nil, isActive: Bool? = nil
    ) {
        self.url = url
        self.name = name
        self.subscription = subscription
        self.isActive = isActive
    }

    /// - Throws: ``WebhookError/url(_:)``, ``WebhookError/noEvents``.
    func apply(to endpoint: inout WebhookEndpoint, reach: WebhookURL.Reach) throws(WebhookError) {
        if let url { endpoint.url = try WebhookURL(url, reach: reach) }
        if let name { endpoint.name = name }
        if let subscription { endpoint.subscription = try subscription.checked() }
        switch isActive {
        case true?: endpoint.pause = nil
        case false?: endpoint.pause = endpoint.pause ?? .requested
        case nil: break
        }
    }
}

extension WebhookURL {
    /// - Throws: ``WebhookError/url(_:)``.
    init(_ text: String, reach: Reach) throws(WebhookError) {
        do throws(WebhookURL.Problem) {
            try self.init(parsing: text, reach: reach)
        } catch {
            throw .url(error)
        }
    }
}

extension WebhookSubscription {
    /// Without what can't be asked for.
    /// - Throws: ``WebhookError/noEvents``.
    func checked() throws(WebhookError) -> WebhookSubscription {
        guard case .only(let kinds) = self else { return self }
        let wanted = kinds.intersection(WebhookEventKind.subscribable)
        guard !wanted.isEmpty else { throw .noEvents }
        return .only(wanted)
    }
}
