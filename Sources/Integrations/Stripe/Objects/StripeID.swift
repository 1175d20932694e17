/// The name that Stripe gave an object, which can't be mistaken for that of another kind.
struct StripeID<Object>: Hashable, Sendable {
    /// Stripe's own bound (docs.stripe.com/upgrades: "up to 255 characters").
    private static var longest: Int { 255 }  // bytes

    let text: String

    /// Reads one; nil for what is none, or would be something else within a path. Those of coupons and products are made by
    /// people, so there may be more in them than letters.
    init?(_ text: String) {
        guard (1...Self.longest).contains(text.utf8.count), text != ".", text != "..",
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { return nil }
        self.text = text
    }
}

extension StripeID: CustomStringConvertible {
    var description: String { text }
}

extension StripeID: Decodable {
    init(from decoder: any Decoder) throws {
        guard let id = StripeID(try decoder.singleValueContainer().decode(String.self)) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not the id of an object"))
        }
        self = id
    }
}

/// An object that has a name of its own.
protocol StripeObject: Decodable, Sendable {
    var id: StripeID<Self> { get }
}
