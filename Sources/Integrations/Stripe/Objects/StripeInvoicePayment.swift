import Core

/// A payment towards an invoice: stripe-python `_invoice_payment.py`.
struct StripeInvoicePayment: StripeObject {
    enum Status: String {
        case open
        case paid
        case canceled
    }

    let id: StripeID<StripeInvoicePayment>
    let created: Timestamp
    let invoice: StripeReference<StripeInvoice>
    let status: StripeOpen<Status>
    let isDefault: Bool
    /// In the smallest unit of `currency`.
    let amountRequested: Int64
    let amountPaid: Int64?
    let currency: String
    let paymentIntent: StripeReference<StripePaymentIntent>?
    let charge: StripeReference<StripeCharge>?

    init(from decoder: any Decoder) throws {
        let fields = try StripeFields(decoder, of: "invoice_payment")
        id = try fields("id")
        created = try fields.time("created")
        invoice = try fields("invoice")
        status = try fields("status")
        isDefault = try fields("is_default")
        amountRequested = try fields("amount_requested")
        amountPaid = try fields.ifPresent("amount_paid")
        currency = try fields("currency")
        let payment: Payment = try fields("payment")
        paymentIntent = payment.intent
        charge = payment.charge
    }

    private struct Payment: Decodable {
        let intent: StripeReference<StripePaymentIntent>?
        let charge: StripeReference<StripeCharge>?

        init(from decoder: any Decoder) throws {
            let fields = try StripeFields(decoder)
            intent = try fields.ifPresent("payment_intent")
            charge = try fields.ifPresent("charge")
        }
    }
}
