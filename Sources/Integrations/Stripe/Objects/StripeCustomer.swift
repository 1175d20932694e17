import Core

/// Who pays: stripe-python `_customer.py`.
struct StripeCustomer: StripeObject {
    let id: StripeID<StripeCustomer>
    let created: Timestamp
    let email: String?
    let name: String?
    /// What is owed to them is negative, in the smallest unit of `currency`.
    let balance: Int64?
    /// In lower case (ISO 4217); nil before the first payment.
    let currency: String?
    /// Whether the last invoice was not paid in time.
    let isDelinquent: Bool?
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "customer")
        id = try fields("id")
        created = try fields.time("created")
        email = try fields.ifPresent("email")
        name = try fields.ifPresent("name")
        balance = try fields.ifPresent("balance")
        currency = try fields.ifPresent("currency")
        isDelinquent = try fields.ifPresent("delinquent")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }
}
