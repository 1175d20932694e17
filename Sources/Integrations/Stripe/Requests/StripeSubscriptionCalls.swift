/// How a change within a period is charged.
enum StripeProration: String, StripeFormWord {
    /// On an invoice at once.
    case alwaysInvoice = "always_invoice"
    /// On the next invoice.
    case createProrations = "create_prorations"
    case none
}

/// One price of a subscription that is changed, added or, without a price, removed.
struct StripeItemChange: StripeFormObject {
    /// Which one; a new one when nil.
    var id: StripeID<StripeSubscriptionItem>?
    var price: StripeID<StripePrice>?
    var quantity: Int64?
    var isDeleted: Bool?

    var form: StripeForm {
        StripeForm { form in
            form.add("id", id)
            form.add("price", price)
            form.add("quantity", quantity)
            form.add("deleted", isDeleted)
        }
    }
}

/// Ends a subscription at once.
struct StripeCancelSubscription: StripeEnding {
    typealias Answer = StripeSubscription

    let id: StripeID<StripeSubscription>
    /// Whether what is left of the period is credited.
    var prorates: Bool?
    var invoicesNow: Bool?

    var path: StripePath { StripeSubscription.path.object(id) }

    var form: StripeForm {
        StripeForm { form in
            form.add("prorate", prorates)
            form.add("invoice_now", invoicesNow)
        }
    }
}

/// Begins again what is `paused`. A paused collection is resumed by ``StripeUpdateSubscription``.
struct StripeResumeSubscription: StripeWriting {
    typealias Answer = StripeSubscription

    enum Anchor: String, StripeFormWord {
        case now
        case unchanged
    }

    let id: StripeID<StripeSubscription>
    var anchor: Anchor?
    var proration: StripeProration?

    var path: StripePath { StripeSubscription.path.object(id).act("resume") }

    var form: StripeForm {
        StripeForm { form in
            form.add("billing_cycle_anchor[type]", anchor)
            form.add("proration_behavior", proration)
        }
    }
}

struct StripeListSubscriptions: StripeListing {
    typealias Item = StripeSubscription

    enum Which: StripeFormValue {
        case all
        /// `canceled` and `incomplete_expired` together.
        case ended
        case status(StripeSubscription.Status)

        func add(to form: inout StripeForm, under name: String) {
            switch self {
            case .all: form.append(name, "all")
            case .ended: form.append(name, "ended")
            case .status(let status): form.append(name, status.rawValue)
            }
        }
    }

    var customer: StripeID<StripeCustomer>?
    /// All that are not canceled when nil.
    var which: Which?

    var path: StripePath { StripeSubscription.path }

    var form: StripeForm {
        StripeForm { form in
            form.add("customer", customer)
            form.add("status", which)
        }
    }
}
