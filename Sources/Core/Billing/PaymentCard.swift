/// What may be known of a card: enough for its holder to tell it from another one.
public struct PaymentCard: Sendable, Hashable {
    /// The provider's word: `visa`.
    public let brand: String
    /// Four ASCII digits.
    public let last4: String

    /// Nil where the digits are not four: more of a card's number must not get in.
    public init?(brand: String, last4: String) {
        guard last4.utf8.count == 4, last4.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self.brand = brand
        self.last4 = last4
    }
}
