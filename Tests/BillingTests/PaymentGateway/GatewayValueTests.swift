import Billing
import Core
import Testing

struct GatewayValueTests {
    @Test func `a key is 1 to 255 visible ASCII characters`() {
        for text in ["a", String(repeating: "k", count: 255), "checkout:018f-42"] {
            #expect(IdempotencyKey(text)?.text == text)
        }
        for text in ["", String(repeating: "k", count: 256), "a b", "a\n", "é"] { #expect(IdempotencyKey(text) == nil) }
    }

    @Test(
        arguments: [
            (.cardDeclined(code: "insufficient_funds"), false), (.authenticationNeeded(url: nil), false),
            (.retryable(after: nil), true), (.unknownOutcome, true), (.rejected(code: "resource_missing"), false),
        ] as [(PaymentGatewayError, Bool)])
    func `a call is made again only where its answer could be another`(error: PaymentGatewayError, isWorth: Bool) {
        #expect(error.isWorthRetrying == isWorth)
    }

    @Test func `preview and change reckon from the same whole second`() {
        let change = SubscriptionChange(
            subscription: SubscriptionReference(stored: "sub_1"), price: PriceID(stored: "pro_month_eur"), quantity: 5,
            prorationTime: Timestamp(microseconds: 1_700_000_000_999_999))
        #expect(change.prorationTime == Timestamp(seconds: 1_700_000_000))
    }

    @Test(arguments: [(0, 1), (1, 1), (100, 100), (101, 100), (.min, 1)])
    func `a page is no longer than the provider's`(asked: Int, limit: Int) {
        #expect(GatewayPageRequest(limit: asked).limit == limit)
    }
}
