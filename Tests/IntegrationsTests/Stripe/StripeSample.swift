import Foundation

@testable import Integrations

/// An object as Stripe writes it, with every field that is read.
struct StripeSample: Sendable {
    /// Where the SDK declares it.
    let file: String
    let json: String
    let decode: @Sendable (Data) throws -> any Sendable

    init<Object: Decodable & Sendable>(_: Object.Type, _ file: String, _ json: String) {
        self.file = file
        self.json = json
        decode = { try JSONDecoder().decode(Object.self, from: $0) }
    }

    static let all = [
        customer, product, price, checkoutSession, portalSession, subscription, invoice, invoicePayment, paymentIntent,
        charge, refund, dispute, coupon, promotionCode, event,
    ]

    static let customer = StripeSample(
        StripeCustomer.self, "_customer.py",
        """
        {"id": "cus_1", "object": "customer", "created": 1767225600, "email": "ada@example.com", "name": "Ada",
         "balance": -500, "currency": "eur", "delinquent": true, "livemode": false, "metadata": {"account": "1"}}
        """)

    static let product = StripeSample(
        StripeProduct.self, "_product.py",
        """
        {"id": "prod_1", "object": "product", "created": 1767225600, "active": true, "name": "Pro",
         "description": "All of it", "livemode": false, "metadata": {"plan": "pro"}}
        """)

    static let price = StripeSample(
        StripePrice.self, "_price.py",
        """
        {"id": "price_1", "object": "price", "created": 1767225600, "active": true, "product": "prod_1",
         "currency": "eur", "unit_amount": 1900, "lookup_key": "pro_month_eur", "livemode": false,
         "recurring": {"interval": "month", "interval_count": 1, "usage_type": "metered", "meter": "mtr_1"},
         "metadata": {"plan": "pro"}}
        """)

    static let checkoutSession = StripeSample(
        StripeCheckoutSession.self, "checkout/_session.py",
        """
        {"id": "cs_test_1", "object": "checkout.session", "created": 1767225600, "expires_at": 1767312000,
         "mode": "subscription", "status": "open", "payment_status": "unpaid", "customer": "cus_1",
         "subscription": "sub_1", "invoice": "in_1", "client_reference_id": "account-1", "amount_total": 1900,
         "currency": "eur", "url": "https://checkout.stripe.com/c/pay/cs_test_1", "livemode": false,
         "metadata": {"a": "1"}}
        """)

    static let portalSession = StripeSample(
        StripePortalSession.self, "billing_portal/_session.py",
        """
        {"id": "bps_1", "object": "billing_portal.session", "created": 1767225600, "customer": "cus_1",
         "url": "https://billing.stripe.com/p/session/1", "return_url": "https://app.example.com/", "livemode": true}
        """)

    static let subscription = StripeSample(
        StripeSubscription.self, "_subscription.py",
        """
        {"id": "sub_1", "object": "subscription", "created": 1767225600, "customer": "cus_1", "status": "active",
         "items": {"object": "list", "has_more": false, "url": "/v1/subscription_items?subscription=sub_1", "data": [
           {"id": "si_1", "object": "subscription_item", "created": 1767225600, "subscription": "sub_1",
            "price": \(price.json), "quantity": 3, "current_period_start": 1767225600,
            "current_period_end": 1769904000, "metadata": {"a": "1"}}]},
         "currency": "eur", "collection_method": "charge_automatically", "start_date": 1767225600,
         "trial_start": 1767225601, "trial_end": 1767225602, "cancel_at_period_end": true, "cancel_at": 1769904000,
         "canceled_at": 1767225603, "cancellation_details": {"reason": "payment_failed"}, "ended_at": 1767225604,
         "pause_collection": {"behavior": "void", "resumes_at": 1767225605}, "latest_invoice": "in_1",
         "livemode": false, "metadata": {"account": "1"}}
        """)

    static let invoice = StripeSample(
        StripeInvoice.self, "_invoice.py",
        """
        {"id": "in_1", "object": "invoice", "created": 1767225600, "number": "ABC-0001", "customer": "cus_1",
         "parent": {"type": "subscription_details", "subscription_details": {"subscription": "sub_1"}},
         "status": "paid", "billing_reason": "subscription_cycle", "currency": "eur", "subtotal": 2000,
         "total": 1900, "total_taxes": [{"amount": 100}, {"amount": 200}],
         "total_discount_amounts": [{"amount": 400, "discount": "di_1"}], "amount_due": 1900, "amount_paid": 1900,
         "amount_remaining": 0, "attempt_count": 1, "next_payment_attempt": 1767225601,
         "period_start": 1767225602, "period_end": 1767225603, "due_date": 1767225604,
         "status_transitions": {"finalized_at": 1, "paid_at": 2, "voided_at": 3, "marked_uncollectible_at": 4},
         "lines": {"object": "list", "has_more": true, "url": "/v1/invoices/in_1/lines", "data": [
           {"id": "il_1", "object": "line_item", "amount": -900, "currency": "eur", "description": "Unused time",
            "quantity": 3, "period": {"start": 1767225600, "end": 1769904000},
            "pricing": {"type": "price_details", "price_details": {"price": "price_1"}},
            "parent": {"type": "subscription_item_details",
                       "subscription_item_details": {"proration": true, "subscription_item": "si_1"}}}]},
         "payments": {"object": "list", "has_more": false, "url": "/v1/invoice_payments", "data": []},
         "hosted_invoice_url": "https://invoice.stripe.com/i/1", "invoice_pdf": "https://invoice.stripe.com/i/1/pdf",
         "livemode": false, "metadata": {"a": "1"}}
        """)

    static let invoicePayment = StripeSample(
        StripeInvoicePayment.self, "_invoice_payment.py",
        """
        {"id": "inpay_1", "object": "invoice_payment", "created": 1767225600, "invoice": "in_1", "status": "paid",
         "is_default": true, "amount_requested": 1900, "amount_paid": 1900, "currency": "eur",
         "payment": {"type": "payment_intent", "payment_intent": "pi_1", "charge": "ch_1"}}
        """)

    static let paymentIntent = StripeSample(
        StripePaymentIntent.self, "_payment_intent.py",
        """
        {"id": "pi_1", "object": "payment_intent", "created": 1767225600, "customer": "cus_1",
         "status": "requires_payment_method", "amount": 1900, "amount_received": 0, "currency": "eur",
         "latest_charge": "ch_1", "canceled_at": 1767225601, "livemode": false, "metadata": {"a": "1"},
         "last_payment_error": {"type": "card_error", "code": "card_declined", "decline_code": "generic_decline"}}
        """)

    static let charge = StripeSample(
        StripeCharge.self, "_charge.py",
        """
        {"id": "ch_1", "object": "charge", "created": 1767225600, "customer": "cus_1", "payment_intent": "pi_1",
         "status": "failed", "amount": 1900, "amount_captured": 1900, "amount_refunded": 500, "currency": "eur",
         "paid": false, "refunded": false, "disputed": true, "failure_code": "card_declined",
         "payment_method_details": {"type": "card", "card": {"brand": "visa", "last4": "4242"}},
         "receipt_url": "https://pay.stripe.com/receipts/1", "livemode": false, "metadata": {"a": "1"}}
        """)

    static let refund = StripeSample(
        StripeRefund.self, "_refund.py",
        """
        {"id": "re_1", "object": "refund", "created": 1767225600, "status": "failed", "amount": 500,
         "currency": "eur", "charge": "ch_1", "payment_intent": "pi_1", "reason": "requested_by_customer",
         "failure_reason": "expired_or_canceled_card", "metadata": {"a": "1"}}
        """)

    static let dispute = StripeSample(
        StripeDispute.self, "_dispute.py",
        """
        {"id": "dp_1", "object": "dispute", "created": 1767225600, "status": "needs_response",
         "reason": "fraudulent", "amount": 1900, "currency": "eur", "charge": "ch_1", "payment_intent": "pi_1",
         "is_charge_refundable": false, "livemode": false, "metadata": {"a": "1"}}
        """)

    static let coupon = StripeSample(
        StripeCoupon.self, "_coupon.py",
        """
        {"id": "half", "object": "coupon", "created": 1767225600, "name": "Half", "amount_off": 500,
         "currency": "eur", "percent_off": 33.33, "duration": "repeating", "duration_in_months": 3,
         "redeem_by": 1767225601, "max_redemptions": 9, "times_redeemed": 1, "valid": true, "livemode": false,
         "metadata": {"a": "1"}}
        """)

    static let promotionCode = StripeSample(
        StripePromotionCode.self, "_promotion_code.py",
        """
        {"id": "promo_1", "object": "promotion_code", "created": 1767225600, "code": "SPRING",
         "promotion": {"type": "coupon", "coupon": "half"}, "active": true, "customer": "cus_1",
         "expires_at": 1767225601, "max_redemptions": 9, "times_redeemed": 1, "livemode": false,
         "metadata": {"a": "1"}}
        """)

    static let event = StripeSample(
        StripeEvent.self, "_event.py",
        """
        {"id": "evt_1", "object": "event", "created": 1767225600, "type": "customer.subscription.updated",
         "api_version": "2026-10-28.endive", "livemode": false, "request": {"idempotency_key": "key-1"},
         "data": {"object": {"id": "sub_1", "object": "subscription", "customer": "cus_1", "of": ["anything"]}}}
        """)
}
