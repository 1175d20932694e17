/// An object that is asked for by its id.
protocol StripeResource: StripeObject {
    static var path: StripePath { get }
}

/// Reads one object: 404 with the code `resource_missing` when there is none.
struct StripeRetrieve<Object: StripeResource>: StripeReading {
    typealias Answer = Object

    let id: StripeID<Object>
    /// What is wanted whole in place of its id: `latest_invoice`.
    var expanding: [String] = []

    var path: StripePath { Object.path.object(id) }
    var form: StripeForm { StripeForm { $0.expand(expanding) } }
}

extension StripeProduct: StripeResource {
    static var path: StripePath { StripePath("products") }
}

extension StripePrice: StripeResource {
    static var path: StripePath { StripePath("prices") }
}

extension StripeCheckoutSession: StripeResource {
    static var path: StripePath { StripePath("checkout/sessions") }
}

extension StripeSubscription: StripeResource {
    static var path: StripePath { StripePath("subscriptions") }
}

extension StripeInvoice: StripeResource {
    static var path: StripePath { StripePath("invoices") }
}

extension StripePaymentIntent: StripeResource {
    static var path: StripePath { StripePath("payment_intents") }
}

extension StripeCharge: StripeResource {
    static var path: StripePath { StripePath("charges") }
}

extension StripeRefund: StripeResource {
    static var path: StripePath { StripePath("refunds") }
}

extension StripeDispute: StripeResource {
    static var path: StripePath { StripePath("disputes") }
}

extension StripeCoupon: StripeResource {
    static var path: StripePath { StripePath("coupons") }
}

extension StripePromotionCode: StripeResource {
    static var path: StripePath { StripePath("promotion_codes") }
}

extension StripeEvent: StripeResource {
    static var path: StripePath { StripePath("events") }
}
