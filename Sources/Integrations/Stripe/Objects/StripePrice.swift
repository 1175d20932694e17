import Core

/// What a product costs, once or again and again: stripe-python `_price.py`.
struct StripePrice: StripeObject {
    enum Interval: String, StripeFormWord {
        case day
        case week
        case month
        case year
    }

    enum Usage: String, StripeFormWord {
        case licensed
        case metered
    }

    struct Recurring: Decodable, Sendable {
        let interval: StripeOpen<Interval>
        /// Of intervals, between two invoices.
        let count: Int64
        let usage: StripeOpen<Usage>
        let meter: String?

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(decoder)
            interval = try fields("interval")
            count = try fields("interval_count")
            usage = try fields("usage_type")
            meter = try fields.ifPresent("meter")
        }
    }

    let id: StripeID<StripePrice>
    let created: Timestamp
    let isActive: Bool
    let product: StripeReference<StripeProduct>
    /// In lower case (ISO 4217).
    let currency: String
    /// In the smallest unit of `currency`; nil for tiers, and for amounts below one unit.
    let unitAmount: Int64?
    /// What our catalogue calls it. A new price can take the key over from an old one.
    let lookupKey: String?
    /// Nil for a price that is paid once.
    let recurring: Recurring?
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "price")
        id = try fields("id")
        created = try fields.time("created")
        isActive = try fields("active")
        product = try fields("product")
        currency = try fields("currency")
        unitAmount = try fields.ifPresent("unit_amount")
        lookupKey = try fields.ifPresent("lookup_key")
        recurring = try fields.ifPresent("recurring")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }
}
