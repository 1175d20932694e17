public import Core

/// How much of a payment may go back.
public enum Refunds {
    /// What is left of a payment.
    /// - Throws: ``RefundRefusal/notPaid``.
    public static func rest(of payment: PaymentSnapshot) throws(RefundRefusal) -> Money {
        guard payment.status == .succeeded else { throw .notPaid }
        do {
            return try payment.amount.subtracting(payment.refunded)
        } catch {
            // A snapshot never has more refunded than paid, nor two currencies.
            throw .beyondRest(.zero(payment.amount.currency))
        }
    }

    /// What is asked for, where it may go back.
    /// - Parameter asked: Nil for all that is left.
    public static func amount(_ asked: Money?, of payment: PaymentSnapshot) throws(RefundRefusal) -> Money {
        let rest = try rest(of: payment)
        let asked = asked ?? rest
        guard asked.currency == rest.currency else { throw .otherCurrency(rest.currency) }
        guard !rest.isZero else { throw .beyondRest(rest) }
        guard asked.minorUnits > 0 else { throw .nothing }
        guard asked.minorUnits <= rest.minorUnits else { throw .beyondRest(rest) }
        return asked
    }
}

public enum RefundRefusal: Error, Equatable {
    /// Nothing was paid.
    case notPaid
    /// The payment was made in this currency.
    case otherCurrency(Currency)
    /// An amount of nothing, or below.
    case nothing
    /// More than is left, which is this.
    case beyondRest(Money)
}
