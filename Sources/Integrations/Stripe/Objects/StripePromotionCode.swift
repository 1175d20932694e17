import Core

/// What people type to get a coupon: stripe-python `_promotion_code.py`.
struct StripePromotionCode: StripeObject {
    let id: StripeID<StripePromotionCode>
    let created: Timestamp
    let code: String
    /// From `promotion`.
    let coupon: StripeReference<StripeCoupon>?
    let isActive: Bool
    /// Whose it is alone; nil for everybody's.
    let customer: StripeReference<StripeCustomer>?
    let expiresAt: Timestamp?
    let mostRedemptions: Int64?
    let timesRedeemed: Int64
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "promotion_code")
        id = try fields("id")
        created = try fields.time("created")
        code = try fields("code")
        let promotion: Promotion = try fields("promotion")
        coupon = promotion.coupon
        isActive = try fields("active")
        customer = try fields.ifPresent("customer")
        expiresAt = try fields.timeIfPresent("expires_at")
        mostRedemptions = try fields.ifPresent("max_redemptions")
        timesRedeemed = try fields("times_redeemed")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }

    private struct Promotion: Decodable {
        let coupon: StripeReference<StripeCoupon>?

        init(from decoder: any Decoder) throws {
            coupon = try StripeFields(decoder).ifPresent("coupon")
        }
    }
}
