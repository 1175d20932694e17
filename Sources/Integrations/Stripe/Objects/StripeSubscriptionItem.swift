import Core

/// One price of a subscription: stripe-python `_subscription_item.py`.
struct StripeSubscriptionItem: StripeObject {
    let id: StripeID<StripeSubscriptionItem>
    let created: Timestamp
    let subscription: StripeID<StripeSubscription>
    let price: StripePrice
    /// Of seats; nil for what is metered.
    let quantity: Int64?
    /// The period that was last invoiced.
    let periodStart: Timestamp
    let periodEnd: Timestamp
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "subscription_item")
        id = try fields("id")
        created = try fields.time("created")
        subscription = try fields("subscription")
        price = try fields("price")
        quantity = try fields.ifPresent("quantity")
        periodStart = try fields.time("current_period_start")
        periodEnd = try fields.time("current_period_end")
        metadata = try fields.metadata()
    }
}
