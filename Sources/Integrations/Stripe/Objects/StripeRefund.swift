import Core

/// Money given back: stripe-python `_refund.py`.
struct StripeRefund: StripeObject {
    enum Status: String {
        case pending
        case requiresAction = "requires_action"
        case succeeded
        case failed
        case canceled
    }

    enum Reason: String, StripeFormWord {
        case duplicate
        case fraudulent
        case requestedByCustomer = "requested_by_customer"
    }

    let id: StripeID<StripeRefund>
    let created: Timestamp
    let status: StripeOpen<Status>?
    /// In the smallest unit of `currency`.
    let amount: Int64
    let currency: String
    let charge: StripeReference<StripeCharge>?
    let paymentIntent: StripeReference<StripePaymentIntent>?
    let reason: StripeOpen<Reason>?
    let failureReason: String?
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "refund")
        id = try fields("id")
        created = try fields.time("created")
        status = try fields.ifPresent("status")
        amount = try fields("amount")
        currency = try fields("currency")
        charge = try fields.ifPresent("charge")
        paymentIntent = try fields.ifPresent("payment_intent")
        reason = try fields.ifPresent("reason")
        failureReason = try fields.ifPresent("failure_reason")
        metadata = try fields.metadata()
    }
}
