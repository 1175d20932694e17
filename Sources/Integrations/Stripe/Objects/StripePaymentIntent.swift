import Core

/// One amount that is to be paid, over all tries: stripe-python `_payment_intent.py`.
struct StripePaymentIntent: StripeObject {
    enum Status: String {
        case requiresPaymentMethod = "requires_payment_method"
        case requiresConfirmation = "requires_confirmation"
        case requiresAction = "requires_action"
        case requiresCapture = "requires_capture"
        case processing
        case succeeded
        case canceled
    }

    /// Why the last try failed.
    struct LastError: Decodable, Sendable {
        let kind: StripeOpen<StripeProblem.Kind>
        let code: String?
        let declineCode: String?

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(decoder)
            kind = try fields("type")
            code = try fields.ifPresent("code")
            declineCode = try fields.ifPresent("decline_code")
        }
    }

    let id: StripeID<StripePaymentIntent>
    let created: Timestamp
    let customer: StripeReference<StripeCustomer>?
    let status: StripeOpen<Status>
    /// In the smallest unit of `currency`.
    let amount: Int64
    let amountReceived: Int64
    let currency: String
    let latestCharge: StripeReference<StripeCharge>?
    let lastError: LastError?
    let canceledAt: Timestamp?
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "payment_intent")
        id = try fields("id")
        created = try fields.time("created")
        customer = try fields.ifPresent("customer")
        status = try fields("status")
        amount = try fields("amount")
        amountReceived = try fields("amount_received")
        currency = try fields("currency")
        latestCharge = try fields.ifPresent("latest_charge")
        lastError = try fields.ifPresent("last_payment_error")
        canceledAt = try fields.timeIfPresent("canceled_at")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }
}
