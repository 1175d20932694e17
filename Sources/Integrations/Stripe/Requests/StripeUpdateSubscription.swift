import Core

/// Changes what is not nil.
struct StripeUpdateSubscription: StripeWriting {
    typealias Answer = StripeSubscription

    struct Pause: StripeFormObject {
        let behavior: StripeSubscription.PausedCollection.Behavior
        var resumesAt: Timestamp?

        var form: StripeForm {
            StripeForm { form in
                form.add("behavior", behavior)
                form.add("resumes_at", resumesAt)
            }
        }
    }

    struct Discount: StripeFormObject {
        var coupon: StripeID<StripeCoupon>?
        var promotionCode: StripeID<StripePromotionCode>?

        var form: StripeForm {
            StripeForm { form in
                form.add("coupon", coupon)
                form.add("promotion_code", promotionCode)
            }
        }
    }

    /// What happens when the payment that a change needs fails.
    enum PaymentBehavior: String, StripeFormWord {
        case allowIncomplete = "allow_incomplete"
        case defaultIncomplete = "default_incomplete"
        /// The change is refused with 402.
        case errorIfIncomplete = "error_if_incomplete"
        /// The change waits for the payment.
        case pendingIfIncomplete = "pending_if_incomplete"
    }

    let id: StripeID<StripeSubscription>
    var items: [StripeItemChange]?
    var proration: StripeProration?
    /// As of when it is counted; the moment of the preview, so that what was shown is what is charged.
    var prorationDate: Timestamp?
    var paymentBehavior: PaymentBehavior?
    var cancelsAtPeriodEnd: Bool?
    var pause: StripeSetting<Pause>?
    var discounts: StripeSetting<[Discount]>?
    var endsTrialNow = false
    var metadata: [String: StripeSetting<String>]?
    var expanding: [String] = []

    var path: StripePath { StripeSubscription.path.object(id) }

    var form: StripeForm {
        StripeForm { form in
            form.add("items", items)
            form.add("proration_behavior", proration)
            form.add("proration_date", prorationDate)
            form.add("payment_behavior", paymentBehavior)
            form.add("cancel_at_period_end", cancelsAtPeriodEnd)
            form.add("pause_collection", pause)
            form.add("discounts", discounts)
            if endsTrialNow { form.add("trial_end", "now") }
            form.add("metadata", metadata)
            form.expand(expanding)
        }
    }
}
