import Core

/// Opens a page on which a customer subscribes.
struct StripeCreateCheckout: StripeWriting {
    typealias Answer = StripeCheckoutSession

    struct Line: StripeFormObject {
        let price: StripeID<StripePrice>
        /// Nil for what is metered.
        var quantity: Int64?

        var form: StripeForm {
            StripeForm { form in
                form.add("price", price)
                form.add("quantity", quantity)
            }
        }
    }

    /// What becomes of the subscription.
    struct Subscription: StripeFormObject {
        enum MissingPaymentMethod: String, StripeFormWord {
            case cancel
            case createInvoice = "create_invoice"
            case pause
        }

        var trialDays: Int64?
        /// What happens when a trial ends and there is no card.
        var atTrialEndWithoutCard: MissingPaymentMethod?
        var metadata: [String: String]?

        var form: StripeForm {
            StripeForm { form in
                form.add("trial_period_days", trialDays)
                form.add("trial_settings[end_behavior][missing_payment_method]", atTrialEndWithoutCard)
                form.add("metadata", metadata)
            }
        }
    }

    enum PaymentMethodCollection: String, StripeFormWord {
        case always
        case ifRequired = "if_required"
    }

    var mode = StripeCheckoutSession.Mode.subscription
    let customer: StripeID<StripeCustomer>
    let lines: [Line]
    let successURL: String
    let cancelURL: String
    /// What we call it, at most 200 characters.
    var clientReference: String?
    var subscription: Subscription?
    var allowsPromotionCodes: Bool?
    /// Applied at once; not together with ``allowsPromotionCodes``.
    var promotionCode: StripeID<StripePromotionCode>?
    var paymentMethodCollection: PaymentMethodCollection?
    var hasAutomaticTax: Bool?
    var collectsTaxID: Bool?
    /// Whether name and address that are typed there become the customer's; tax ids and automatic tax need it.
    var updatesCustomer: Bool?
    var locale: String?
    /// 30 minutes to 24 hours from now.
    var expiresAt: Timestamp?
    var metadata: [String: String]?

    var path: StripePath { StripeCheckoutSession.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("mode", mode)
            form.add("customer", customer)
            form.add("line_items", lines)
            form.add("success_url", successURL)
            form.add("cancel_url", cancelURL)
            form.add("client_reference_id", clientReference)
            form.add("subscription_data", subscription)
            form.add("allow_promotion_codes", allowsPromotionCodes)
            form.add("discounts[0][promotion_code]", promotionCode)
            form.add("payment_method_collection", paymentMethodCollection)
            form.add("automatic_tax[enabled]", hasAutomaticTax)
            form.add("tax_id_collection[enabled]", collectsTaxID)
            if let updatesCustomer {
                for part in ["address", "name"] {
                    form.add("customer_update[\(part)]", updatesCustomer ? "auto" : "never")
                }
            }
            form.add("locale", locale)
            form.add("expires_at", expiresAt)
            form.add("metadata", metadata)
        }
    }
}

/// Closes the page before anybody has paid there.
struct StripeExpireCheckout: StripeWriting {
    typealias Answer = StripeCheckoutSession

    let id: StripeID<StripeCheckoutSession>

    var path: StripePath { StripeCheckoutSession.path.object(id).act("expire") }
}

/// Opens the pages on which a customer changes cards and reads invoices.
struct StripeCreatePortal: StripeWriting {
    typealias Answer = StripePortalSession

    let customer: StripeID<StripeCustomer>
    var returnURL: String?
    var locale: String?
    /// Which of the account's configurations; its default when nil.
    var configuration: String?

    var path: StripePath { StripePath("billing_portal/sessions") }

    var form: StripeForm {
        StripeForm { form in
            form.add("customer", customer)
            form.add("return_url", returnURL)
            form.add("locale", locale)
            form.add("configuration", configuration)
        }
    }
}
