import Core

/// One line of an invoice: stripe-python `_invoice_line_item.py`.
struct StripeInvoiceLine: Decodable, Sendable {
    let id: StripeID<StripeInvoiceLine>
    /// In the smallest unit of `currency`; negative for what is given back.
    let amount: Int64
    let currency: String
    let description: String?
    let quantity: Int64?
    let periodStart: Timestamp
    let periodEnd: Timestamp
    /// Nil for an amount that no price stands behind.
    let price: StripeReference<StripePrice>?
    /// Whether it is for a part of a period, because something changed within.
    let isProration: Bool
    /// Nil for an item that was added by hand.
    let subscriptionItem: StripeID<StripeSubscriptionItem>?

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "line_item")
        id = try fields("id")
        amount = try fields("amount")
        currency = try fields("currency")
        description = try fields.ifPresent("description")
        quantity = try fields.ifPresent("quantity")
        let period: Period = try fields("period")
        (periodStart, periodEnd) = (period.start, period.end)
        let pricing: Pricing? = try fields.ifPresent("pricing")
        price = pricing?.details?.price
        let parent: Parent? = try fields.ifPresent("parent")
        isProration = (parent?.ofItem ?? parent?.ofInvoiceItem)?.isProration ?? false
        subscriptionItem = parent?.ofItem?.item
    }

    private struct Period: Decodable {
        let start: Timestamp
        let end: Timestamp

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(decoder)
            start = try fields.time("start")
            end = try fields.time("end")
        }
    }

    private struct Pricing: Decodable {
        struct Details: Decodable {
            let price: StripeReference<StripePrice>

            init(from decoder: any Decoder) throws {
                price = try StripeFields(decoder)("price")
            }
        }

        let details: Details?

        init(from decoder: any Decoder) throws {
            details = try StripeFields(decoder).ifPresent("price_details")
        }
    }

    private struct Parent: Decodable {
        struct Details: Decodable {
            let isProration: Bool
            let item: StripeID<StripeSubscriptionItem>?

            init(from decoder: any Decoder) throws {
                let fields = try StripeFields(decoder)
                isProration = try fields("proration")
                item = try fields.ifPresent("subscription_item")
            }
        }

        let ofItem: Details?
        let ofInvoiceItem: Details?

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(decoder)
            ofItem = try fields.ifPresent("subscription_item_details")
            ofInvoiceItem = try fields.ifPresent("invoice_item_details")
        }
    }
}
