public import Core
public import Persistence

extension OutboundWebhooks {
    /// How long the former secret signs, too, unless told otherwise: time to put the new one into a receiver.
    public static let usualOverlap = Duration.hours(24)
    public static let longestOverlap = Duration.days(7)

    /// Gives an endpoint another secret. Until the overlap is over each delivery carries two signatures, so that a receiver
    /// with either secret accepts it; a secret that was former before stops at once.
    /// - Parameter overlap: At most ``longestOverlap``; zero for a secret that may be known to others.
    /// - Returns: The secret, which is shown this once.
    /// - Throws: ``WebhookError/notFound``.
    public func rotateSecret(
        of id: ID<WebhookEndpoint>, in team: ID<Team>, overlap: Duration = usualOverlap, by author: AuditAuthor,
        receipt: Receipt<WebhookSecret>? = nil
    ) async throws -> WebhookSecret {
        let now = time.now()
        let overlap = min(max(overlap, .zero), Self.longestOverlap)
        let secret = WebhookSecret.make(randomness: randomness)
        let sealed = try sealing.seal(secret.bytes, context: WebhookEndpoint.sealContext(of: id))
        let rotated = event(
            .secretRotated, on: id, of: team, by: author,
            changes: ["overlap_seconds": String(overlap.secondsRoundedUp)], at: now)
        return try await database.transaction(
            .team(team, author.user), repetition: .allowed, receipt: receipt
        ) { store in
            guard
                try await store.webhookEndpoints.rotateSecret(
                    of: id, in: team, to: sealed, formerUntil: overlap > .zero ? now + overlap : nil, at: now)
            else { throw WebhookError.notFound }
            try await store.auditLog.record(rotated)
            return secret
        }
    }
}
