import Core

/// Gives back a charge, or a part of it.
struct StripeCreateRefund: StripeWriting {
    typealias Answer = StripeRefund

    let paymentIntent: StripeID<StripePaymentIntent>
    /// In the smallest unit of the charge's currency; all that is left when nil.
    var amount: Int64?
    var reason: StripeRefund.Reason?
    var metadata: [String: String]?

    var path: StripePath { StripeRefund.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("payment_intent", paymentIntent)
            form.add("amount", amount)
            form.add("reason", reason)
            form.add("metadata", metadata)
        }
    }
}

struct StripeListRefunds: StripeListing {
    typealias Item = StripeRefund

    var paymentIntent: StripeID<StripePaymentIntent>?

    var path: StripePath { StripeRefund.path }
    var form: StripeForm { StripeForm { $0.add("payment_intent", paymentIntent) } }
}

struct StripeListCharges: StripeListing {
    typealias Item = StripeCharge

    var customer: StripeID<StripeCustomer>?
    var paymentIntent: StripeID<StripePaymentIntent>?

    var path: StripePath { StripeCharge.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("customer", customer)
            form.add("payment_intent", paymentIntent)
        }
    }
}

/// What happened, newest first; Stripe keeps it for 30 days.
struct StripeListEvents: StripeListing {
    typealias Item = StripeEvent

    var since: Timestamp?
    /// At most 20.
    var kinds: [StripeEvent.Kind]?

    var path: StripePath { StripeEvent.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("created[gte]", since)
            form.add("types", kinds?.map(\.rawValue))
        }
    }
}
