import Core

/// News of an object: stripe-python `_event.py`.
///
/// Of the object only what it is and whose: events come in any order and in the version of the API that their endpoint
/// was made with, so whoever acts on one fetches the object again.
struct StripeEvent: StripeObject {
    /// What Plinth does something about.
    enum Kind: String, CaseIterable {
        case checkoutCompleted = "checkout.session.completed"
        case checkoutPaidLater = "checkout.session.async_payment_succeeded"
        case checkoutFailedLater = "checkout.session.async_payment_failed"
        case checkoutExpired = "checkout.session.expired"
        case customerUpdated = "customer.updated"
        case customerDeleted = "customer.deleted"
        case subscriptionCreated = "customer.subscription.created"
        case subscriptionUpdated = "customer.subscription.updated"
        case subscriptionDeleted = "customer.subscription.deleted"
        case subscriptionPaused = "customer.subscription.paused"
        case subscriptionResumed = "customer.subscription.resumed"
        case subscriptionTrialEnding = "customer.subscription.trial_will_end"
        case invoiceCreated = "invoice.created"
        case invoiceFinalized = "invoice.finalized"
        case invoicePaid = "invoice.paid"
        case invoicePaymentFailed = "invoice.payment_failed"
        case invoiceActionRequired = "invoice.payment_action_required"
        case invoiceUpdated = "invoice.updated"
        case invoiceVoided = "invoice.voided"
        case invoiceUncollectible = "invoice.marked_uncollectible"
        case chargeSucceeded = "charge.succeeded"
        case chargeFailed = "charge.failed"
        case chargeUpdated = "charge.updated"
        case chargeRefunded = "charge.refunded"
        case refundCreated = "refund.created"
        case refundUpdated = "refund.updated"
        case refundFailed = "refund.failed"
        case disputeCreated = "charge.dispute.created"
        case disputeUpdated = "charge.dispute.updated"
        case disputeClosed = "charge.dispute.closed"
    }

    /// What the news is of.
    struct Subject: Decodable, Sendable {
        /// The field `object`: `subscription`, `invoice`.
        let kind: String
        /// Nil for the few objects that have none, such as a balance.
        let id: String?
        /// Nil for an object that names no customer. A customer's own id is ``id``.
        let customer: StripeID<StripeCustomer>?

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(decoder)
            kind = try fields("object")
            id = try fields.ifPresent("id")
            // Of another version it may be anything.
            let reference: StripeReference<StripeCustomer>? = try? fields.ifPresent("customer")
            customer = reference?.id
        }
    }

    let id: StripeID<StripeEvent>
    let created: Timestamp
    let kind: StripeOpen<Kind>
    /// The version of the API in which the object is written.
    let version: String?
    let subject: Subject
    /// The call that it comes of; nil for what came by itself.
    let idempotencyKey: String?
    let isLive: Bool

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "event")
        id = try fields("id")
        created = try fields.time("created")
        kind = try fields("type")
        version = try fields.ifPresent("api_version")
        let data: Content = try fields("data")
        subject = data.object
        let request: Request? = try fields.ifPresent("request")
        idempotencyKey = request?.key
        isLive = try fields("livemode")
    }

    private struct Content: Decodable {
        let object: Subject

        init(from decoder: any Decoder) throws {
            object = try StripeFields(decoder)("object")
        }
    }

    private struct Request: Decodable {
        let key: String?

        init(from decoder: any Decoder) throws {
            key = try StripeFields(decoder).ifPresent("idempotency_key")
        }
    }
}
