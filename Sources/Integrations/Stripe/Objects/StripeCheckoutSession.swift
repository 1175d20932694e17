import Core

/// A page of Stripe's on which somebody subscribes: stripe-python `checkout/_session.py`.
struct StripeCheckoutSession: StripeObject {
    enum Status: String {
        case open
        case complete
        case expired
    }

    enum PaymentStatus: String {
        case paid
        case unpaid
        case noPaymentRequired = "no_payment_required"
    }

    enum Mode: String, StripeFormWord {
        case payment
        case setup
        case subscription
    }

    let id: StripeID<StripeCheckoutSession>
    let created: Timestamp
    let expiresAt: Timestamp
    let mode: StripeOpen<Mode>
    let status: StripeOpen<Status>?
    let paymentStatus: StripeOpen<PaymentStatus>
    let customer: StripeReference<StripeCustomer>?
    let subscription: StripeReference<StripeSubscription>?
    let invoice: StripeReference<StripeInvoice>?
    /// What we called it when it was made.
    let clientReference: String?
    /// In the smallest unit of `currency`.
    let amountTotal: Int64?
    let currency: String?
    /// Where to send the browser; nil once it is complete or expired.
    let url: String?
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "checkout.session")
        id = try fields("id")
        created = try fields.time("created")
        expiresAt = try fields.time("expires_at")
        mode = try fields("mode")
        status = try fields.ifPresent("status")
        paymentStatus = try fields("payment_status")
        customer = try fields.ifPresent("customer")
        subscription = try fields.ifPresent("subscription")
        invoice = try fields.ifPresent("invoice")
        clientReference = try fields.ifPresent("client_reference_id")
        amountTotal = try fields.ifPresent("amount_total")
        currency = try fields.ifPresent("currency")
        url = try fields.ifPresent("url")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }
}
