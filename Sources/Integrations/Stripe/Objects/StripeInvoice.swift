import Core

/// What is owed, or would be (a preview is one, too): stripe-python `_invoice.py`. All amounts in the smallest unit of
/// `currency`.
struct StripeInvoice: StripeObject {
    enum Status: String, StripeFormWord {
        case draft
        case open
        case paid
        case uncollectible
        case void
    }

    enum BillingReason: String {
        case manual
        case create = "subscription_create"
        case cycle = "subscription_cycle"
        case update = "subscription_update"
        case threshold = "subscription_threshold"
        case upcoming
    }

    /// When it came into a state; nil for each that it has not been in.
    struct Transitions: Decodable, Sendable {
        let finalizedAt: Timestamp?
        let paidAt: Timestamp?
        let voidedAt: Timestamp?
        let markedUncollectibleAt: Timestamp?

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(decoder)
            finalizedAt = try fields.timeIfPresent("finalized_at")
            paidAt = try fields.timeIfPresent("paid_at")
            voidedAt = try fields.timeIfPresent("voided_at")
            markedUncollectibleAt = try fields.timeIfPresent("marked_uncollectible_at")
        }
    }

    private struct Part: Decodable, Sendable {
        let amount: Int64

        init(from decoder: any Decoder) throws {
            amount = try StripeFields(decoder)("amount")
        }
    }

    let id: StripeID<StripeInvoice>
    let created: Timestamp
    /// Nil while it is a draft.
    let number: String?
    let customer: StripeReference<StripeCustomer>?
    /// From `parent.subscription_details`; nil for an invoice of another origin.
    let subscription: StripeReference<StripeSubscription>?
    let status: StripeOpen<Status>?
    let billingReason: StripeOpen<BillingReason>?
    let currency: String
    let subtotal: Int64
    let total: Int64
    /// Of all taxes, and of all discounts; added by us, exactly: nil where a sum is beyond 64 bits.
    let totalTax: Int64?
    let totalDiscount: Int64?
    let amountDue: Int64
    let amountPaid: Int64
    let amountRemaining: Int64
    let attemptCount: Int64
    let nextPaymentAttempt: Timestamp?
    let periodStart: Timestamp
    let periodEnd: Timestamp
    let dueDate: Timestamp?
    let transitions: Transitions
    /// The first page.
    let lines: StripeList<StripeInvoiceLine>
    /// How it was paid or tried to be; nil unless expanded.
    let payments: StripeList<StripeInvoicePayment>?
    let hostedURL: String?
    let pdfURL: String?
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "invoice")
        id = try fields("id")
        created = try fields.time("created")
        number = try fields.ifPresent("number")
        customer = try fields.ifPresent("customer")
        let parent: StripeInvoiceParent? = try fields.ifPresent("parent")
        subscription = parent?.subscription
        status = try fields.ifPresent("status")
        billingReason = try fields.ifPresent("billing_reason")
        currency = try fields("currency")
        subtotal = try fields("subtotal")
        total = try fields("total")
        totalTax = Self.sum(try fields.ifPresent("total_taxes"))
        totalDiscount = Self.sum(try fields.ifPresent("total_discount_amounts"))
        amountDue = try fields("amount_due")
        amountPaid = try fields("amount_paid")
        amountRemaining = try fields("amount_remaining")
        attemptCount = try fields("attempt_count")
        nextPaymentAttempt = try fields.timeIfPresent("next_payment_attempt")
        periodStart = try fields.time("period_start")
        periodEnd = try fields.time("period_end")
        dueDate = try fields.timeIfPresent("due_date")
        transitions = try fields("status_transitions")
        lines = try fields("lines")
        payments = try fields.ifPresent("payments")
        hostedURL = try fields.ifPresent("hosted_invoice_url")
        pdfURL = try fields.ifPresent("invoice_pdf")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }

    private static func sum(_ parts: [Part]?) -> Int64? {
        (parts ?? []).reduce(Int64?.some(0)) { sum, part in
            guard let (sum, overflow) = sum?.addingReportingOverflow(part.amount), !overflow else { return nil }
            return sum
        }
    }
}

/// What an invoice was made for.
private struct StripeInvoiceParent: Decodable {
    let subscription: StripeReference<StripeSubscription>?

    private struct Details: Decodable {
        let subscription: StripeReference<StripeSubscription>

        init(from decoder: any Decoder) throws {
            subscription = try StripeFields(decoder)("subscription")
        }
    }

    init(from decoder: any Decoder) throws {
        let details: Details? = try StripeFields(decoder).ifPresent("subscription_details")
        subscription = details?.subscription
    }
}
