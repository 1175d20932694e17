/// A charge, as far as it was heard of the provider. Of the card its brand and last four digits are kept, never more.
public struct Payment: Sendable, Equatable, Identifiable {
    public let id: ID<Payment>
    public let payer: Payer
    /// Nil for a charge that no subscription made.
    public let subscriptionID: ID<Subscription>?
    public let newest: PaymentSnapshot

    public init(id: ID<Payment>, payer: Payer, subscriptionID: ID<Subscription>?, newest: PaymentSnapshot) {
        self.id = id
        self.payer = payer
        self.subscriptionID = subscriptionID
        self.newest = newest
    }
}

/// How a charge went. The raw values are part of the API and of stored rows.
public enum PaymentStatus: String, Sendable, Codable, CaseIterable {
    /// The provider does not know yet, or the payer has something to do.
    case pending
    case succeeded
    case failed
}

/// What the provider had about a charge when it was asked.
public struct PaymentSnapshot: Sendable, Hashable {
    public let reference: PaymentReference
    public let customer: CustomerReference
    public let subscription: SubscriptionReference?
    public let invoice: InvoiceReference?
    public let status: PaymentStatus
    public let amount: Money
    /// Of the amount, what went back; in its currency.
    public let refunded: Money
    public let description: String?
    public let card: PaymentCard?
    /// The provider's word for why it failed: `insufficient_funds`.
    public let failureCode: String?
    public let createdAt: Timestamp
    /// No change up to then is missing: the moment before the provider was asked, or at which it made the object.
    public let asOf: Timestamp

    /// - Throws: ``PaymentFlaw``, for what no provider can mean.
    public init(
        reference: PaymentReference, customer: CustomerReference, subscription: SubscriptionReference? = nil,
        invoice: InvoiceReference? = nil, status: PaymentStatus, amount: Money, refunded: Money,
        description: String? = nil, card: PaymentCard? = nil, failureCode: String? = nil, createdAt: Timestamp,
        asOf: Timestamp
    ) throws(PaymentFlaw) {
        guard amount.currency == refunded.currency else { throw .currenciesDiffer }
        guard !amount.isNegative, !refunded.isNegative, refunded.minorUnits <= amount.minorUnits else {
            throw .refundedBeyondAmount
        }
        self.reference = reference
        self.customer = customer
        self.subscription = subscription
        self.invoice = invoice
        self.status = status
        self.amount = amount
        self.refunded = refunded
        self.description = description
        self.card = card
        self.failureCode = failureCode
        self.createdAt = createdAt
        self.asOf = asOf
    }
}

public enum PaymentFlaw: Error, Equatable {
    case currenciesDiffer
    /// More went back than came, or an amount is below nothing.
    case refundedBeyondAmount
}
