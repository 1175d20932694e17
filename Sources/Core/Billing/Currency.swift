/// A currency of ISO 4217.
public struct Currency: Sendable, Hashable {
    /// Three upper-case letters: `EUR`.
    public let code: String
    /// Digits behind the point: 2 for `EUR`, 0 for `JPY`, 3 for `KWD`. A minor unit is the ten-to-the-exponentth part.
    ///
    /// ISO's, which are not always the provider's: its adapter converts where the two differ.
    public let exponent: Int

    /// Reads a code in either case; nil for what is none of ISO 4217.
    public init?(_ code: String) {
        // Before changing the case: of all letters only these are codes.
        guard code.utf8.count == 3, code.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let upper = code.uppercased()
        guard let exponent = Self.exponents[upper] else { return nil }
        (self.code, self.exponent) = (upper, exponent)
    }

    private init(code: String, exponent: Int) {
        (self.code, self.exponent) = (code, exponent)
    }

    public static let eur = Currency(code: "EUR", exponent: 2)
    public static let usd = Currency(code: "USD", exponent: 2)
    public static let gbp = Currency(code: "GBP", exponent: 2)
    public static let jpy = Currency(code: "JPY", exponent: 0)
}

extension Currency: CustomStringConvertible {
    public var description: String { code }
}
