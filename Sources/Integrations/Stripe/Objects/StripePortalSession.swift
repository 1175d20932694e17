import Core

/// A way into Stripe's pages on which a customer changes cards and reads invoices: stripe-python
/// `billing_portal/_session.py`.
struct StripePortalSession: StripeObject {
    let id: StripeID<StripePortalSession>
    let created: Timestamp
    let customer: StripeID<StripeCustomer>
    /// Lets whoever has it in without any other credential, for a short time.
    let url: String
    let returnURL: String?
    let isLive: Bool

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "billing_portal.session")
        id = try fields("id")
        created = try fields.time("created")
        customer = try fields("customer")
        url = try fields("url")
        returnURL = try fields.ifPresent("return_url")
        isLive = try fields("livemode")
    }
}
