public import Core

/// What was asked for, for a period.
public struct Invoice: Sendable, Equatable {
    /// The raw values are the provider's and part of the API.
    public enum Status: String, Sendable, Codable, CaseIterable {
        case open
        case paid
        /// Nobody expects it to be paid.
        case uncollectible
        case void
    }

    public let reference: InvoiceReference
    public let customer: CustomerReference
    /// Nil for an invoice that no subscription made.
    public let subscription: SubscriptionReference?
    /// As printed on it.
    public let number: String?
    public let status: Status
    public let amountDue: Money
    public let amountPaid: Money
    public let period: BillingPeriod
    public let createdAt: Timestamp
    /// Where its PDF is, for whoever has the address; it runs out.
    public let pdfURL: String?

    public init(
        reference: InvoiceReference, customer: CustomerReference, subscription: SubscriptionReference?, number: String?,
        status: Status, amountDue: Money, amountPaid: Money, period: BillingPeriod, createdAt: Timestamp,
        pdfURL: String?
    ) {
        self.reference = reference
        self.customer = customer
        self.subscription = subscription
        self.number = number
        self.status = status
        self.amountDue = amountDue
        self.amountPaid = amountPaid
        self.period = period
        self.createdAt = createdAt
        self.pdfURL = pdfURL
    }
}

public struct RefundRequest: Sendable, Equatable {
    public let payment: PaymentReference
    /// As ``Refunds/amount(_:of:)`` allows it.
    public let amount: Money

    public init(payment: PaymentReference, amount: Money) {
        self.payment = payment
        self.amount = amount
    }
}

/// Money on its way back. The payment tells when it went: ``PaymentSnapshot/refunded``.
public struct Refund: Sendable, Equatable {
    /// The raw values are the provider's.
    public enum Status: String, Sendable, Codable, CaseIterable {
        case pending
        case needsAction = "requires_action"
        case succeeded
        case failed
        case canceled
    }

    public let reference: RefundReference
    public let payment: PaymentReference
    public let amount: Money
    public let status: Status

    public init(reference: RefundReference, payment: PaymentReference, amount: Money, status: Status) {
        self.reference = reference
        self.payment = payment
        self.amount = amount
        self.status = status
    }
}

/// Which part of one of the provider's lists is wanted.
public struct GatewayPageRequest: Sendable, Equatable {
    /// What the provider gives at most.
    public static let limits = 1...100

    public let limit: Int
    /// The identifier of the last item of the page before; nil for the first page.
    public let after: String?

    /// Clamps `limit` into ``limits``.
    public init(limit: Int, after: String? = nil) {
        self.limit = min(max(limit, Self.limits.lowerBound), Self.limits.upperBound)
        self.after = after
    }
}

public struct GatewayPage<Item: Sendable>: Sendable {
    public let items: [Item]
    public let hasMore: Bool

    public init(items: [Item], hasMore: Bool) {
        self.items = items
        self.hasMore = hasMore
    }
}
