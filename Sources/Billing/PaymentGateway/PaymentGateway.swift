public import Core

/// The provider of payments: the truth about who pays what.
///
/// Calls that change something carry an ``IdempotencyKey``. The same call with the same key is done once, whatever came of
/// the tries before; with the same key and other arguments it is ``PaymentGatewayError/rejected(code:)``. A key is kept
/// before the first try, and the next try uses it again, so that an answer that was lost is never a second charge. No call
/// is made inside a transaction of ours.
///
/// What is answered about a subscription or a payment has an `asOf` from before the question was sent.
public protocol PaymentGateway: Sendable {
    // MARK: Customers

    /// Makes a customer for a payer. Nothing is charged.
    func createCustomer(
        _ customer: NewCustomer, key: IdempotencyKey
    ) async throws(PaymentGatewayError) -> CustomerReference

    /// Has invoices go to another name and address.
    func update(
        _ reference: CustomerReference, to customer: NewCustomer, key: IdempotencyKey
    ) async throws(PaymentGatewayError)

    // MARK: The provider's pages

    /// Opens a page on which a payer finishes a subscription. That somebody came back from it proves nothing.
    func createCheckout(
        _ request: CheckoutRequest, key: IdempotencyKey
    ) async throws(PaymentGatewayError) -> CheckoutSession

    /// Opens a page on which a payer sees invoices and changes cards.
    func createPortal(_ request: PortalRequest, key: IdempotencyKey) async throws(PaymentGatewayError) -> PortalSession

    // MARK: Subscriptions

    /// Nil for one that the provider does not know.
    func subscription(_ reference: SubscriptionReference) async throws(PaymentGatewayError) -> SubscriptionSnapshot?

    /// All of a customer's, ended ones as well, newest first.
    func subscriptions(
        of customer: CustomerReference
    ) async throws(PaymentGatewayError) -> [SubscriptionSnapshot]

    /// What a change would cost if it were made at ``SubscriptionChange/prorationTime``. Changes nothing.
    func preview(_ change: SubscriptionChange) async throws(PaymentGatewayError) -> ChangePreview

    /// Changes price or seats and charges what ``preview(_:)`` of the same change said.
    /// - Throws: ``PaymentGatewayError/cardDeclined(code:)`` and ``PaymentGatewayError/authenticationNeeded(url:)``, and then
    ///   the subscription is what it was.
    func change(
        _ change: SubscriptionChange, key: IdempotencyKey
    ) async throws(PaymentGatewayError) -> SubscriptionSnapshot

    /// Ends a subscription. One that has ended already stays as it is.
    func cancel(
        _ reference: SubscriptionReference, _ end: SubscriptionEnd, key: IdempotencyKey
    ) async throws(PaymentGatewayError) -> SubscriptionSnapshot

    /// Withdraws an end at the period's end, and ends a pause. One that goes on stays as it is.
    /// - Throws: ``PaymentGatewayError/rejected(code:)`` for one that has ended.
    func resume(
        _ reference: SubscriptionReference, key: IdempotencyKey
    ) async throws(PaymentGatewayError) -> SubscriptionSnapshot

    // MARK: Invoices and payments

    /// Nil for one that the provider does not know.
    func invoice(_ reference: InvoiceReference) async throws(PaymentGatewayError) -> Invoice?

    /// A customer's invoices, newest first, drafts left out.
    func invoices(
        of customer: CustomerReference, _ page: GatewayPageRequest
    ) async throws(PaymentGatewayError) -> GatewayPage<Invoice>

    /// Nil for one that the provider does not know.
    func payment(_ reference: PaymentReference) async throws(PaymentGatewayError) -> PaymentSnapshot?

    /// A customer's payments, newest first.
    func payments(
        of customer: CustomerReference, _ page: GatewayPageRequest
    ) async throws(PaymentGatewayError) -> GatewayPage<PaymentSnapshot>

    /// Sends money back, to where it came from.
    /// - Throws: ``PaymentGatewayError/rejected(code:)`` for more than is left of the payment.
    func refund(_ request: RefundRequest, key: IdempotencyKey) async throws(PaymentGatewayError) -> Refund

    // MARK: Usage

    /// Counts what was used once for each ``UsageReport/id``, in whatever order and however often it is reported.
    func report(_ usage: UsageReport) async throws(PaymentGatewayError)
}
