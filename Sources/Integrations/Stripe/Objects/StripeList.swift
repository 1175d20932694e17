/// A page of a list: stripe-python `_list_object.py`.
struct StripeList<Item: Decodable & Sendable>: Decodable, Sendable {
    let items: [Item]
    /// Whether there are others behind the last.
    let hasMore: Bool

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "list")
        items = try fields("data")
        hasMore = try fields("has_more")
    }
}
