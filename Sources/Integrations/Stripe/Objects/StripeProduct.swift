import Core

/// What is sold: stripe-python `_product.py`.
struct StripeProduct: StripeObject {
    let id: StripeID<StripeProduct>
    let created: Timestamp
    let isActive: Bool
    let name: String
    let description: String?
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "product")
        id = try fields("id")
        created = try fields.time("created")
        isActive = try fields("active")
        name = try fields("name")
        description = try fields.ifPresent("description")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }
}
