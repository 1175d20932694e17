import Core

/// A charge that the holder of the card contests: stripe-python `_dispute.py`.
struct StripeDispute: StripeObject {
    enum Status: String {
        case warningNeedsResponse = "warning_needs_response"
        case warningUnderReview = "warning_under_review"
        case warningClosed = "warning_closed"
        case needsResponse = "needs_response"
        case underReview = "under_review"
        case appealNeedsResponse = "appeal_needs_response"
        case appealUnderReview = "appeal_under_review"
        case prevented
        case won
        case lost
    }

    let id: StripeID<StripeDispute>
    let created: Timestamp
    let status: StripeOpen<Status>
    /// As the bank says it; there is no closed list.
    let reason: String
    /// In the smallest unit of `currency`.
    let amount: Int64
    let currency: String
    let charge: StripeReference<StripeCharge>
    let paymentIntent: StripeReference<StripePaymentIntent>?
    let isChargeRefundable: Bool
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "dispute")
        id = try fields("id")
        created = try fields.time("created")
        status = try fields("status")
        reason = try fields("reason")
        amount = try fields("amount")
        currency = try fields("currency")
        charge = try fields("charge")
        paymentIntent = try fields.ifPresent("payment_intent")
        isChargeRefundable = try fields("is_charge_refundable")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }
}
