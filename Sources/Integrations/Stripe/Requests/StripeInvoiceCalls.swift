import Core

/// What the next invoice of a subscription would be if it were changed so. Nothing is changed, and no key is needed for
/// its own sake; it is a POST all the same.
struct StripePreviewInvoice: StripeWriting {
    typealias Answer = StripeInvoice

    let subscription: StripeID<StripeSubscription>
    var items: [StripeItemChange]?
    var proration: StripeProration?
    var prorationDate: Timestamp?
    var cancelsNow: Bool?

    var path: StripePath { StripeInvoice.path.act("create_preview") }

    var form: StripeForm {
        StripeForm { form in
            form.add("subscription", subscription)
            form.add("subscription_details[items]", items)
            form.add("subscription_details[proration_behavior]", proration)
            form.add("subscription_details[proration_date]", prorationDate)
            form.add("subscription_details[cancel_now]", cancelsNow)
        }
    }
}

/// Tries to collect an open invoice now: 402 where the card is declined.
struct StripePayInvoice: StripeWriting {
    typealias Answer = StripeInvoice

    let id: StripeID<StripeInvoice>

    var path: StripePath { StripeInvoice.path.object(id).act("pay") }
}

/// Gives an open invoice up.
struct StripeVoidInvoice: StripeWriting {
    typealias Answer = StripeInvoice

    let id: StripeID<StripeInvoice>

    var path: StripePath { StripeInvoice.path.object(id).act("void") }
}

struct StripeListInvoices: StripeListing {
    typealias Item = StripeInvoice

    var customer: StripeID<StripeCustomer>?
    var subscription: StripeID<StripeSubscription>?
    var status: StripeInvoice.Status?

    var path: StripePath { StripeInvoice.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("customer", customer)
            form.add("subscription", subscription)
            form.add("status", status)
        }
    }
}
