import Core

/// One try to take money: stripe-python `_charge.py`. Of the card no more than its brand and its last digits.
struct StripeCharge: StripeObject {
    enum Status: String {
        case succeeded
        case pending
        case failed
    }

    struct Card: Decodable, Sendable {
        let brand: String?
        let lastFour: String?

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(decoder)
            brand = try fields.ifPresent("brand")
            lastFour = try fields.ifPresent("last4")
        }
    }

    let id: StripeID<StripeCharge>
    let created: Timestamp
    let customer: StripeReference<StripeCustomer>?
    let paymentIntent: StripeReference<StripePaymentIntent>?
    let status: StripeOpen<Status>
    /// In the smallest unit of `currency`.
    let amount: Int64
    let amountCaptured: Int64
    let amountRefunded: Int64
    let currency: String
    let isPaid: Bool
    /// Wholly; a part of it is told by ``amountRefunded`` alone.
    let isRefunded: Bool
    let isDisputed: Bool
    let failureCode: String?
    /// How it was paid: `card`, and many others.
    let method: String?
    let card: Card?
    let receiptURL: String?
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "charge")
        id = try fields("id")
        created = try fields.time("created")
        customer = try fields.ifPresent("customer")
        paymentIntent = try fields.ifPresent("payment_intent")
        status = try fields("status")
        amount = try fields("amount")
        amountCaptured = try fields("amount_captured")
        amountRefunded = try fields("amount_refunded")
        currency = try fields("currency")
        isPaid = try fields("paid")
        isRefunded = try fields("refunded")
        isDisputed = try fields("disputed")
        failureCode = try fields.ifPresent("failure_code")
        let details: Details? = try fields.ifPresent("payment_method_details")
        method = details?.type
        card = details?.card
        receiptURL = try fields.ifPresent("receipt_url")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }

    private struct Details: Decodable {
        let type: String
        let card: Card?

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(decoder)
            type = try fields("type")
            card = try fields.ifPresent("card")
        }
    }
}
