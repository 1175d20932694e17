import Core
import Foundation

/// What is taken off: stripe-python `_coupon.py`.
struct StripeCoupon: StripeObject {
    enum Span: String, StripeFormWord {
        case once
        case repeating
        case forever
    }

    let id: StripeID<StripeCoupon>
    let created: Timestamp
    let name: String?
    /// In the smallest unit of `currency`; nil when it is a part that is taken off.
    let amountOff: Int64?
    let currency: String?
    /// Above 0, up to 100: `12.5`.
    let percentOff: StripePercent?
    let span: StripeOpen<Span>
    let months: Int64?
    let redeemableUntil: Timestamp?
    let mostRedemptions: Int64?
    let timesRedeemed: Int64
    /// Whether it could be redeemed now.
    let isValid: Bool
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "coupon")
        id = try fields("id")
        created = try fields.time("created")
        name = try fields.ifPresent("name")
        amountOff = try fields.ifPresent("amount_off")
        currency = try fields.ifPresent("currency")
        percentOff = try fields.ifPresent("percent_off")
        span = try fields("duration")
        months = try fields.ifPresent("duration_in_months")
        redeemableUntil = try fields.timeIfPresent("redeem_by")
        mostRedemptions = try fields.ifPresent("max_redemptions")
        timesRedeemed = try fields("times_redeemed")
        isValid = try fields("valid")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }
}
