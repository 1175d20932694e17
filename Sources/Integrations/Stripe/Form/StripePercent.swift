import Foundation

/// A part of a hundred, such as `12.5`: what a coupon takes off. No amount is ever reckoned from it here.
struct StripePercent: Sendable, Equatable, Decodable, CustomStringConvertible {
    private let value: Decimal

    init(hundredths: Int) {
        value = Decimal(hundredths) / 100
    }

    init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Decimal.self)
    }

    /// As Stripe reads it.
    var description: String { value.description }
}

extension StripePercent: StripeFormValue {
    func add(to form: inout StripeForm, under name: String) { form.append(name, description) }
}
