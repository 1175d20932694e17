import Core
import Foundation

struct StripeCreateCoupon: StripeWriting {
    typealias Answer = StripeCoupon

    enum Reduction: Sendable {
        /// Above 0, up to 100.
        case percent(StripePercent)
        /// In the smallest unit of the currency.
        case amount(Int64, currency: String)
    }

    var id: StripeID<StripeCoupon>?
    var name: String?
    let reduction: Reduction
    let span: StripeCoupon.Span
    /// Of a span that repeats.
    var months: Int64?
    var redeemableUntil: Timestamp?
    var mostRedemptions: Int64?
    var metadata: [String: String]?

    var path: StripePath { StripeCoupon.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("id", id)
            form.add("name", name)
            switch reduction {
            case .percent(let percent): form.add("percent_off", percent)
            case .amount(let amount, let currency):
                form.add("amount_off", amount)
                form.add("currency", currency)
            }
            form.add("duration", span)
            form.add("duration_in_months", months)
            form.add("redeem_by", redeemableUntil)
            form.add("max_redemptions", mostRedemptions)
            form.add("metadata", metadata)
        }
    }
}

struct StripeCreatePromotionCode: StripeWriting {
    typealias Answer = StripePromotionCode

    let coupon: StripeID<StripeCoupon>
    /// What people type; made by Stripe when nil.
    var code: String?
    var customer: StripeID<StripeCustomer>?
    var expiresAt: Timestamp?
    var mostRedemptions: Int64?
    /// Whether only those may use it who never paid before.
    var isForFirstPayment: Bool?
    var metadata: [String: String]?

    var path: StripePath { StripePromotionCode.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("promotion[type]", "coupon")
            form.add("promotion[coupon]", coupon)
            form.add("code", code)
            form.add("customer", customer)
            form.add("expires_at", expiresAt)
            form.add("max_redemptions", mostRedemptions)
            form.add("restrictions[first_time_transaction]", isForFirstPayment)
            form.add("metadata", metadata)
        }
    }
}

/// Looks a code up as it was typed: no difference is made between upper and lower case.
struct StripeListPromotionCodes: StripeListing {
    typealias Item = StripePromotionCode

    var code: String?
    var isActive: Bool?
    var expanding: [String] = []

    var path: StripePath { StripePromotionCode.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("code", code)
            form.add("active", isActive)
            form.expand(expanding.map { "data.\($0)" })
        }
    }
}
