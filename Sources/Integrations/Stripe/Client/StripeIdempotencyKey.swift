/// Under which Stripe does one thing once, however often it is asked: it answers each other try with what came of the
/// first, for at least 24 hours (docs.stripe.com/api/idempotent_requests). Whoever calls stores it before.
struct StripeIdempotencyKey: Sendable, Hashable {
    private static let longest = 255  // characters

    let text: String

    /// Nil unless it is 1 to 255 visible ASCII characters.
    init?(_ text: String) {
        guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        self.text = text
    }
}
