import Core

/// What a customer pays for again and again: stripe-python `_subscription.py`.
///
/// The period that is paid for is on its items, each of which could have another.
struct StripeSubscription: StripeObject {
    enum Status: String {
        case incomplete
        case incompleteExpired = "incomplete_expired"
        case trialing
        case active
        case pastDue = "past_due"
        case canceled
        case unpaid
        case paused
    }

    enum CollectionMethod: String {
        case chargeAutomatically = "charge_automatically"
        case sendInvoice = "send_invoice"
    }

    enum CancellationReason: String {
        case retentionPolicy = "canceled_by_retention_policy"
        case requested = "cancellation_requested"
        case paymentDisputed = "payment_disputed"
        case paymentFailed = "payment_failed"
    }

    /// Invoices are made meanwhile and not collected. It is not the status `paused`, which a trial without a card ends in.
    struct PausedCollection: Decodable, Sendable {
        enum Behavior: String, StripeFormWord {
            case keepAsDraft = "keep_as_draft"
            case markUncollectible = "mark_uncollectible"
            case void
        }

        let behavior: StripeOpen<Behavior>
        let resumesAt: Timestamp?

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(decoder)
            behavior = try fields("behavior")
            resumesAt = try fields.timeIfPresent("resumes_at")
        }
    }

    private struct Cancellation: Decodable {
        let reason: StripeOpen<CancellationReason>?

        init(from decoder: any Decoder) throws {
            reason = try StripeFields(decoder).ifPresent("reason")
        }
    }

    let id: StripeID<StripeSubscription>
    let created: Timestamp
    let customer: StripeReference<StripeCustomer>
    let status: StripeOpen<Status>
    /// The first page: Stripe allows 20, and so many come along.
    let items: StripeList<StripeSubscriptionItem>
    let currency: String
    let collectionMethod: StripeOpen<CollectionMethod>
    let startedAt: Timestamp
    let trialStart: Timestamp?
    let trialEnd: Timestamp?
    let cancelsAtPeriodEnd: Bool
    let cancelsAt: Timestamp?
    /// When somebody asked for it, which may be long before ``endedAt``.
    let canceledAt: Timestamp?
    let cancellationReason: StripeOpen<CancellationReason>?
    let endedAt: Timestamp?
    let pausedCollection: PausedCollection?
    let latestInvoice: StripeReference<StripeInvoice>?
    let isLive: Bool
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "subscription")
        id = try fields("id")
        created = try fields.time("created")
        customer = try fields("customer")
        status = try fields("status")
        items = try fields("items")
        currency = try fields("currency")
        collectionMethod = try fields("collection_method")
        startedAt = try fields.time("start_date")
        trialStart = try fields.timeIfPresent("trial_start")
        trialEnd = try fields.timeIfPresent("trial_end")
        cancelsAtPeriodEnd = try fields("cancel_at_period_end")
        cancelsAt = try fields.timeIfPresent("cancel_at")
        canceledAt = try fields.timeIfPresent("canceled_at")
        let cancellation: Cancellation? = try fields.ifPresent("cancellation_details")
        cancellationReason = cancellation?.reason
        endedAt = try fields.timeIfPresent("ended_at")
        pausedCollection = try fields.ifPresent("pause_collection")
        latestInvoice = try fields.ifPresent("latest_invoice")
        isLive = try fields("livemode")
        metadata = try fields.metadata()
    }
}
