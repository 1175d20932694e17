/// An amount in minor units of its currency: 1900 with `EUR` is 19.00 EUR, with `JPY` 1900 JPY. Never a fraction of one.
public struct Money: Sendable, Hashable {
    public let minorUnits: Int64
    public let currency: Currency

    public init(_ minorUnits: Int64, _ currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    public static func zero(_ currency: Currency) -> Money { Money(0, currency) }

    public var isZero: Bool { minorUnits == 0 }
    public var isNegative: Bool { minorUnits < 0 }
}

/// Why amounts were not reckoned with.
public enum MoneyError: Error, Equatable {
    /// The result is beyond 64 bits.
    case overflow
    /// There is no rate here that would make one of the other.
    case currenciesDiffer(Currency, Currency)
}

extension Money {
    public func adding(_ other: Money) throws(MoneyError) -> Money {
        try requireSameCurrency(as: other)
        return try whole(minorUnits.addingReportingOverflow(other.minorUnits))
    }

    public func subtracting(_ other: Money) throws(MoneyError) -> Money {
        try requireSameCurrency(as: other)
        return try whole(minorUnits.subtractingReportingOverflow(other.minorUnits))
    }

    /// So many times the amount.
    public func multiplied(by count: Int64) throws(MoneyError) -> Money {
        try whole(minorUnits.multipliedReportingOverflow(by: count))
    }

    public func negated() throws(MoneyError) -> Money {
        try Money.zero(currency).subtracting(self)
    }

    public func isLess(than other: Money) throws(MoneyError) -> Bool {
        try requireSameCurrency(as: other)
        return minorUnits < other.minorUnits
    }

    /// All of them together; zero where there are none.
    public static func total(
        of amounts: some Sequence<Money>, in currency: Currency
    ) throws(MoneyError) -> Money {
        var total = zero(currency)
        for amount in amounts { total = try total.adding(amount) }
        return total
    }

    private func requireSameCurrency(as other: Money) throws(MoneyError) {
        guard currency == other.currency else { throw .currenciesDiffer(currency, other.currency) }
    }

    private func whole(_ result: (partialValue: Int64, overflow: Bool)) throws(MoneyError) -> Money {
        guard !result.overflow else { throw .overflow }
        return Money(result.partialValue, currency)
    }
}

extension Money: CustomStringConvertible {
    /// `19.00 EUR`, `1900 JPY`: with a point and as many digits behind it as the currency has.
    public var description: String {
        let sign = isNegative ? "-" : ""
        // The magnitude of the least number there is has no Int64 of its own.
        let digits = String(minorUnits.magnitude)
        guard currency.exponent > 0 else { return "\(sign)\(digits) \(currency)" }
        let padded = String(repeating: "0", count: max(0, currency.exponent + 1 - digits.count)) + digits
        return "\(sign)\(padded.dropLast(currency.exponent)).\(padded.suffix(currency.exponent)) \(currency)"
    }
}
