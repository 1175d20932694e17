import Core
import Testing

struct MoneyTests {
    @Test(arguments: [
        ("EUR", 2), ("usd", 2), ("Jpy", 0), ("KRW", 0), ("KWD", 3), ("TND", 3), ("CLF", 4), ("ISK", 0), ("HUF", 2),
    ])
    func `a currency has the digits of ISO 4217`(code: String, exponent: Int) throws {
        let currency = try #require(Currency(code))
        #expect(currency.code == code.uppercased())
        #expect(currency.exponent == exponent)
    }

    @Test(arguments: ["", "EU", "EURO", "XXX", "AAA", "eu ", "ＥＵＲ", "ßR", "E\u{301}U"])
    func `what is no code of a currency is none`(code: String) {
        #expect(Currency(code) == nil)
    }

    @Test(arguments: [Currency.eur, .usd, .gbp, .jpy])
    func `a currency with a name here is that of the list`(currency: Currency) {
        #expect(Currency(currency.code) == currency)
    }

    @Test(arguments: [
        (1900, "EUR", "19.00 EUR"), (5, "EUR", "0.05 EUR"), (0, "EUR", "0.00 EUR"), (-5, "USD", "-0.05 USD"),
        (-12_345, "USD", "-123.45 USD"), (1900, "JPY", "1900 JPY"), (1, "KWD", "0.001 KWD"),
        (12_345, "CLF", "1.2345 CLF"),
        (Int64.max, "EUR", "92233720368547758.07 EUR"), (.min, "EUR", "-92233720368547758.08 EUR"),
    ])
    func `an amount is written with the digits of its currency`(units: Int64, code: String, text: String) throws {
        #expect(try Money(units, #require(Currency(code))).description == text)
    }

    @Test func `amounts of one currency are reckoned with`() throws {
        let (a, b) = (Money(1900, .eur), Money(250, .eur))
        #expect(try a.adding(b) == Money(2150, .eur))
        #expect(try b.subtracting(a) == Money(-1650, .eur))
        #expect(try a.multiplied(by: 3) == Money(5700, .eur))
        #expect(try a.negated() == Money(-1900, .eur))
        #expect(try b.isLess(than: a) && !a.isLess(than: a))
        #expect(try Money.total(of: [a, b, b], in: .eur) == Money(2400, .eur))
        #expect(try Money.total(of: [], in: .jpy) == .zero(.jpy))
    }

    @Test(
        arguments: [
            { (a: Money, b: Money) throws(MoneyError) in _ = try a.adding(b) },
            { (a: Money, b: Money) throws(MoneyError) in _ = try a.subtracting(b) },
            { (a: Money, b: Money) throws(MoneyError) in _ = try a.isLess(than: b) },
            { (a: Money, b: Money) throws(MoneyError) in _ = try Money.total(of: [b], in: a.currency) },
        ] as [@Sendable (Money, Money) throws -> Void])
    func `amounts of two currencies are not`(act: @Sendable (Money, Money) throws -> Void) {
        #expect(throws: MoneyError.currenciesDiffer(.eur, .usd)) { try act(Money(1, .eur), Money(1, .usd)) }
    }

    @Test(
        arguments: [
            { () throws(MoneyError) in try Money(.max, .eur).adding(Money(1, .eur)) },
            { () throws(MoneyError) in try Money(.min, .eur).adding(Money(-1, .eur)) },
            { () throws(MoneyError) in try Money(.min, .eur).subtracting(Money(1, .eur)) },
            { () throws(MoneyError) in try Money(0, .eur).subtracting(Money(.min, .eur)) },
            { () throws(MoneyError) in try Money(.max, .eur).multiplied(by: 2) },
            { () throws(MoneyError) in try Money(.min, .eur).multiplied(by: -1) },
            { () throws(MoneyError) in try Money(.min, .eur).negated() },
            { () throws(MoneyError) in try Money.total(of: [Money(.max, .eur), Money(1, .eur)], in: .eur) },
        ] as [@Sendable () throws -> Money])
    func `what 64 bits can't hold is an error`(act: @Sendable () throws -> Money) {
        #expect(throws: MoneyError.overflow) { try act() }
    }
}
