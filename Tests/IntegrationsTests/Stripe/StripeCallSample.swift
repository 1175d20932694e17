import Core
import Foundation

@testable import Integrations

/// A call as we make it, and as one makes it with Stripe's SDK.
struct StripeCallSample: Sendable {
    /// The SDK's method.
    let name: String
    var arguments: [String] = []
    /// In JSON.
    let parameters: String
    /// Where the SDK declares the parameters; nil for a call without any.
    var types: String?
    let send: @Sendable (StripeClient) async throws -> Void

    private static func read<Call: StripeReading>(
        _ call: Call, _ name: String, _ arguments: [String] = [], _ parameters: String = "{}", types: String? = nil
    ) -> StripeCallSample {
        StripeCallSample(name: name, arguments: arguments, parameters: parameters, types: types) {
            _ = try await $0.send(call)
        }
    }

    private static func write<Call: StripeWriting>(
        _ call: Call, _ name: String, _ arguments: [String] = [], _ parameters: String = "{}", types: String? = nil
    ) -> StripeCallSample {
        StripeCallSample(name: name, arguments: arguments, parameters: parameters, types: types) {
            _ = try await $0.send(call, key: .sample())
        }
    }

    private static let time = Timestamp(seconds: 1_767_225_600)

    static let all = customers + products + prices + checkout + subscriptions + invoices + payments + discounts

    private static let customers = [
        write(
            StripeCreateCustomer(
                email: "ada+1@example.com", name: "Zoë & Söhne = 1", description: "a b", locales: ["de", "en"],
                metadata: ["account": "1", "a b": "é"]),
            "customers.create", [],
            """
            {"email": "ada+1@example.com", "name": "Zoë & Söhne = 1", "description": "a b",
             "preferred_locales": ["de", "en"], "metadata": {"account": "1", "a b": "é"}}
            """, types: "_customer_create_params.py"),
        write(
            StripeUpdateCustomer(id: "cus_1", email: .set("b@example.com"), name: .unset, metadata: ["old": .unset]),
            "customers.update", ["cus_1"], #"{"email": "b@example.com", "name": "", "metadata": {"old": ""}}"#,
            types: "_customer_update_params.py"),
        read(StripeRetrieveCustomer(id: "cus_1"), "customers.retrieve", ["cus_1"]),
    ]

    private static let products = [
        write(
            StripeCreateProduct(
                id: "plinth_pro", name: "Pro", description: "All of it", taxCode: "txcd_1", unitLabel: "seat",
                metadata: ["plan": "pro"]),
            "products.create", [],
            """
            {"id": "plinth_pro", "name": "Pro", "description": "All of it", "tax_code": "txcd_1",
             "unit_label": "seat", "metadata": {"plan": "pro"}}
            """, types: "_product_create_params.py"),
        write(
            StripeUpdateProduct(id: "plinth_pro", name: "Pro", description: .unset, isActive: false),
            "products.update", ["plinth_pro"], #"{"name": "Pro", "description": "", "active": false}"#,
            types: "_product_update_params.py"),
        read(
            StripeListProducts(isActive: true), "products.list", [], #"{"active": true}"#,
            types: "_product_list_params.py"),
        read(StripeRetrieve<StripeProduct>(id: "plinth_pro"), "products.retrieve", ["plinth_pro"]),
    ]

    private static let prices = [
        write(
            StripeCreatePrice(
                product: "plinth_pro", currency: "eur", unitAmount: 1900,
                recurring: .init(interval: .month, count: 1, usage: .licensed), lookupKey: "pro_month_eur",
                transfersLookupKey: true, taxBehavior: .exclusive, metadata: ["plan": "pro"]),
            "prices.create", [],
            """
            {"product": "plinth_pro", "currency": "eur", "unit_amount": 1900, "lookup_key": "pro_month_eur",
             "recurring": {"interval": "month", "interval_count": 1, "usage_type": "licensed"},
             "transfer_lookup_key": true, "tax_behavior": "exclusive", "metadata": {"plan": "pro"}}
            """, types: "_price_create_params.py"),
        write(
            StripeUpdatePrice(id: "price_1", isActive: false, lookupKey: .unset, metadata: ["a": .set("b")]),
            "prices.update", ["price_1"], #"{"active": false, "lookup_key": "", "metadata": {"a": "b"}}"#,
            types: "_price_update_params.py"),
        read(
            StripeListPrices(isActive: true, product: "plinth_pro", lookupKeys: ["a", "b"], expanding: ["product"]),
            "prices.list", [],
            #"{"active": true, "product": "plinth_pro", "lookup_keys": ["a", "b"], "expand": ["data.product"]}"#,
            types: "_price_list_params.py"),
    ]

    private static let checkout = [
        write(
            StripeCreateCheckout(
                customer: "cus_1", lines: [.init(price: "price_1", quantity: 3), .init(price: "price_2")],
                successURL: "https://app.example.com/a?s={CHECKOUT_SESSION_ID}&b=1",
                cancelURL: "https://app.example.com/", clientReference: "account-1",
                subscription: .init(trialDays: 14, atTrialEndWithoutCard: .pause, metadata: ["account": "1"]),
                promotionCode: "promo_1", paymentMethodCollection: .ifRequired, hasAutomaticTax: true,
                collectsTaxID: true, updatesCustomer: true, locale: "fr", expiresAt: time, metadata: ["a": "1"]),
            "checkout.sessions.create", [],
            """
            {"mode": "subscription", "customer": "cus_1",
             "line_items": [{"price": "price_1", "quantity": 3}, {"price": "price_2"}],
             "success_url": "https://app.example.com/a?s={CHECKOUT_SESSION_ID}&b=1",
             "cancel_url": "https://app.example.com/", "client_reference_id": "account-1",
             "subscription_data": {"trial_period_days": 14, "metadata": {"account": "1"},
                                   "trial_settings": {"end_behavior": {"missing_payment_method": "pause"}}},
             "discounts": [{"promotion_code": "promo_1"}], "payment_method_collection": "if_required",
             "automatic_tax": {"enabled": true}, "tax_id_collection": {"enabled": true},
             "customer_update": {"address": "auto", "name": "auto"}, "locale": "fr", "expires_at": 1767225600,
             "metadata": {"a": "1"}}
            """, types: "checkout/_session_create_params.py"),
        write(StripeExpireCheckout(id: "cs_1"), "checkout.sessions.expire", ["cs_1"]),
        read(
            StripeRetrieve<StripeCheckoutSession>(id: "cs_1", expanding: ["subscription.latest_invoice"]),
            "checkout.sessions.retrieve", ["cs_1"], #"{"expand": ["subscription.latest_invoice"]}"#,
            types: "checkout/_session_retrieve_params.py"),
        write(
            StripeCreatePortal(
                customer: "cus_1", returnURL: "https://app.example.com/", locale: "en", configuration: "bpc_1"),
            "billing_portal.sessions.create", [],
            """
            {"customer": "cus_1", "return_url": "https://app.example.com/", "locale": "en", "configuration": "bpc_1"}
            """, types: "billing_portal/_session_create_params.py"),
    ]

    private static let subscriptions = [
        write(
            StripeUpdateSubscription(
                id: "sub_1",
                items: [.init(id: "si_1", price: "price_2", quantity: 7), .init(id: "si_2", isDeleted: true)],
                proration: .alwaysInvoice, prorationDate: time, paymentBehavior: .errorIfIncomplete,
                cancelsAtPeriodEnd: false, pause: .set(.init(behavior: .void, resumesAt: time)),
                discounts: .set([.init(promotionCode: "promo_1"), .init(coupon: "half")]), endsTrialNow: true,
                metadata: ["plan": .set("pro"), "old": .unset], expanding: ["latest_invoice", "customer"]),
            "subscriptions.update", ["sub_1"],
            """
            {"items": [{"id": "si_1", "price": "price_2", "quantity": 7}, {"id": "si_2", "deleted": true}],
             "proration_behavior": "always_invoice", "proration_date": 1767225600,
             "payment_behavior": "error_if_incomplete", "cancel_at_period_end": false,
             "pause_collection": {"behavior": "void", "resumes_at": 1767225600},
             "discounts": [{"promotion_code": "promo_1"}, {"coupon": "half"}], "trial_end": "now",
             "metadata": {"plan": "pro", "old": ""}, "expand": ["latest_invoice", "customer"]}
            """, types: "_subscription_update_params.py"),
        write(
            StripeUpdateSubscription(id: "sub_1", pause: .unset, discounts: .unset), "subscriptions.update", ["sub_1"],
            #"{"pause_collection": "", "discounts": ""}"#, types: "_subscription_update_params.py"),
        StripeCallSample(
            name: "subscriptions.cancel", arguments: ["sub_1"], parameters: #"{"prorate": true, "invoice_now": false}"#,
            types: "_subscription_cancel_params.py"
        ) { _ = try await $0.send(StripeCancelSubscription(id: "sub_1", prorates: true, invoicesNow: false)) },
        write(
            StripeResumeSubscription(id: "sub_1", anchor: .unchanged, proration: StripeProration.none),
            "subscriptions.resume", ["sub_1"],
            #"{"billing_cycle_anchor": {"type": "unchanged"}, "proration_behavior": "none"}"#,
            types: "_subscription_resume_params.py"),
        read(
            StripeListSubscriptions(customer: "cus_1", which: .all), "subscriptions.list", [],
            #"{"customer": "cus_1", "status": "all"}"#, types: "_subscription_list_params.py"),
        read(
            StripeListSubscriptions(which: .status(.pastDue)), "subscriptions.list", [], #"{"status": "past_due"}"#,
            types: "_subscription_list_params.py"),
    ]

    private static let invoices = [
        write(
            StripePreviewInvoice(
                subscription: "sub_1", items: [.init(id: "si_1", price: "price_2", quantity: 2)],
                proration: .createProrations, prorationDate: time, cancelsNow: false),
            "invoices.create_preview", [],
            """
            {"subscription": "sub_1", "subscription_details": {
             "items": [{"id": "si_1", "price": "price_2", "quantity": 2}], "proration_behavior": "create_prorations",
             "proration_date": 1767225600, "cancel_now": false}}
            """, types: "_invoice_create_preview_params.py"),
        write(StripePayInvoice(id: "in_1"), "invoices.pay", ["in_1"]),
        write(StripeVoidInvoice(id: "in_1"), "invoices.void_invoice", ["in_1"]),
        read(
            StripeListInvoices(customer: "cus_1", subscription: "sub_1", status: .open), "invoices.list", [],
            #"{"customer": "cus_1", "subscription": "sub_1", "status": "open"}"#, types: "_invoice_list_params.py"),
        read(
            StripeRetrieve<StripeInvoice>(id: "in_1", expanding: ["payments"]), "invoices.retrieve", ["in_1"],
            #"{"expand": ["payments"]}"#, types: "_invoice_retrieve_params.py"),
    ]

    private static let payments = [
        write(
            StripeCreateRefund(
                paymentIntent: "pi_1", amount: 500, reason: .requestedByCustomer, metadata: ["refund": "1"]),
            "refunds.create", [],
            """
            {"payment_intent": "pi_1", "amount": 500, "reason": "requested_by_customer", "metadata": {"refund": "1"}}
            """, types: "_refund_create_params.py"),
        read(
            StripeListRefunds(paymentIntent: "pi_1"), "refunds.list", [], #"{"payment_intent": "pi_1"}"#,
            types: "_refund_list_params.py"),
        read(
            StripeListCharges(customer: "cus_1", paymentIntent: "pi_1"), "charges.list", [],
            #"{"customer": "cus_1", "payment_intent": "pi_1"}"#, types: "_charge_list_params.py"),
        read(
            StripeListEvents(since: time, kinds: [.invoicePaid, .refundCreated]), "events.list", [],
            #"{"created": {"gte": 1767225600}, "types": ["invoice.paid", "refund.created"]}"#,
            types: "_event_list_params.py"),
        read(StripeRetrieve<StripePaymentIntent>(id: "pi_1"), "payment_intents.retrieve", ["pi_1"]),
        read(StripeRetrieve<StripeCharge>(id: "ch_1"), "charges.retrieve", ["ch_1"]),
        read(StripeRetrieve<StripeDispute>(id: "dp_1"), "disputes.retrieve", ["dp_1"]),
        read(StripeRetrieve<StripeEvent>(id: "evt_1"), "events.retrieve", ["evt_1"]),
    ]

    private static let discounts = [
        write(
            StripeCreateCoupon(
                id: "half", name: "Half", reduction: .percent(StripePercent(hundredths: 1250)), span: .repeating,
                months: 3,
                redeemableUntil: time, mostRedemptions: 9, metadata: ["a": "1"]),
            "coupons.create", [],
            """
            {"id": "half", "name": "Half", "percent_off": 12.5, "duration": "repeating", "duration_in_months": 3,
             "redeem_by": 1767225600, "max_redemptions": 9, "metadata": {"a": "1"}}
            """, types: "_coupon_create_params.py"),
        write(
            StripeCreateCoupon(reduction: .amount(500, currency: "eur"), span: .once), "coupons.create", [],
            #"{"amount_off": 500, "currency": "eur", "duration": "once"}"#, types: "_coupon_create_params.py"),
        write(
            StripeCreatePromotionCode(
                coupon: "half", code: "SPRING", customer: "cus_1", expiresAt: time, mostRedemptions: 1,
                isForFirstPayment: true, metadata: ["a": "1"]),
            "promotion_codes.create", [],
            """
            {"promotion": {"type": "coupon", "coupon": "half"}, "code": "SPRING", "customer": "cus_1",
             "expires_at": 1767225600, "max_redemptions": 1, "restrictions": {"first_time_transaction": true},
             "metadata": {"a": "1"}}
            """, types: "_promotion_code_create_params.py"),
        read(
            StripeListPromotionCodes(code: "SPRING", isActive: true, expanding: ["promotion.coupon"]),
            "promotion_codes.list", [],
            #"{"code": "SPRING", "active": true, "expand": ["data.promotion.coupon"]}"#,
            types: "_promotion_code_list_params.py"),
        read(StripeRetrieve<StripeCoupon>(id: "half"), "coupons.retrieve", ["half"]),
        read(StripeRetrieve<StripePromotionCode>(id: "promo_1"), "promotion_codes.retrieve", ["promo_1"]),
        read(StripeRetrieve<StripePrice>(id: "price_1"), "prices.retrieve", ["price_1"]),
        read(StripeRetrieve<StripeSubscription>(id: "sub_1"), "subscriptions.retrieve", ["sub_1"]),
        read(StripeRetrieve<StripeRefund>(id: "re_1"), "refunds.retrieve", ["re_1"]),
    ]
}
