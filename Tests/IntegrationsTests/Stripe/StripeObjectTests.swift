import Core
import Foundation
import Testing

@testable import Integrations

struct StripeObjectTests {
    private static func decode<Object: Decodable>(_: Object.Type = Object.self, _ json: String) throws -> Object {
        try JSONDecoder().decode(Object.self, from: Data(json.utf8))
    }

    @Test func `every field that is read is one of the SDK's`() async throws {
        try await StripeSDK.run { sdk async throws in
            for sample in StripeSample.all {
                #expect(try await sdk.unknownFields(sample.file, sample.json) == [], "\(sample.file)")
            }
            #expect(
                try await sdk.unknownFields("_customer.py", #"{"mail": "", "balance": "1"}"#) == [
                    "mail", "balance: str",
                ])
        }
    }

    /// With the test above: a field whose name is wrong here would be found by neither otherwise.
    @Test(arguments: StripeSample.all) func `no field of a whole object is missed`(sample: StripeSample) throws {
        let object = try sample.decode(Data(sample.json.utf8))
        #expect(Self.missing(in: object) == [], "\(sample.file)")
    }

    private static func missing(in value: Any, at place: String = "") -> [String] {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional, mirror.children.isEmpty { return [place] }
        return mirror.children.flatMap { missing(in: $0.value, at: "\(place).\($0.label ?? "")") }
    }

    /// Each field of each object taken away, made null and made of another type.
    @Test(arguments: StripeSample.all) func `an object of another form is read or refused, and nothing traps`(
        sample: StripeSample
    ) throws {
        let whole = try #require(try JSONSerialization.jsonObject(with: Data(sample.json.utf8)) as? [String: Any])
        var refused = 0
        for name in whole.keys {
            for other in [nil, NSNull(), "x", -1, Int64.max, 1.5, [Any](), ["object": "x"], [[String: Any]()]] as [Any?]
            {
                var changed = whole
                changed[name] = other
                let data = try JSONSerialization.data(withJSONObject: changed)
                do {
                    _ = try sample.decode(data)
                } catch is DecodingError {
                    refused += 1
                }
            }
        }
        #expect(refused > whole.count)
    }

    @Test func `the period of a subscription is on its items, and times are in seconds`() throws {
        let subscription = try Self.decode(StripeSubscription.self, StripeSample.subscription.json)
        let item = try #require(subscription.items.items.first)
        #expect(item.periodStart == Timestamp(seconds: 1_767_225_600))
        #expect(item.periodEnd == Timestamp(seconds: 1_769_904_000))
        #expect(item.price.recurring?.interval == .known(.month))
        #expect(subscription.status == .known(.active))
        #expect(subscription.cancellationReason == .known(.paymentFailed))
        #expect(subscription.latestInvoice?.id == "in_1")
        #expect(subscription.metadata == ["account": "1"])
    }

    @Test func `the subscription of an invoice is under its parent, and amounts are exact`() throws {
        let invoice = try Self.decode(StripeInvoice.self, StripeSample.invoice.json)
        #expect(invoice.subscription?.id == "sub_1")
        #expect(invoice.totalTax == 300)
        #expect(invoice.totalDiscount == 400)
        #expect(invoice.lines.items.first?.isProration == true)
        #expect(invoice.lines.items.first?.amount == -900)
        #expect(invoice.lines.hasMore)
        let exact = StripeSample.invoice.json.replacing("\"total\": 1900", with: "\"total\": 9007199254740993")
        #expect(try Self.decode(StripeInvoice.self, exact).total == 9_007_199_254_740_993)
        let half = StripeSample.invoice.json.replacing("\"total\": 1900", with: "\"total\": 1900.5")
        #expect(throws: DecodingError.self) { try Self.decode(StripeInvoice.self, half) }
        let huge = StripeSample.invoice.json.replacing("{\"amount\": 100}", with: "{\"amount\": 9223372036854775807}")
        #expect(try Self.decode(StripeInvoice.self, huge).totalTax == nil)
    }

    @Test func `a draft of a preview has no number, no status and no subscription of its own`() throws {
        let sparse = """
            {"id": "upcoming_in_1", "object": "invoice", "created": 1, "currency": "eur", "subtotal": 1, "total": 1,
             "amount_due": 1, "amount_paid": 0, "amount_remaining": 1, "attempt_count": 0, "period_start": 1,
             "period_end": 2, "status": "draft", "status_transitions": {}, "livemode": false, "parent": null,
             "lines": {"object": "list", "data": [], "has_more": false}}
            """
        let invoice = try Self.decode(StripeInvoice.self, sparse)
        #expect(invoice.number == nil)
        #expect(invoice.subscription == nil)
        #expect(invoice.totalTax == 0)
        #expect(invoice.metadata == [:])
    }

    @Test func `a word that is not known yet is kept`() throws {
        let json = StripeSample.subscription.json.replacing(#""status": "active""#, with: #""status": "dreaming""#)
            .replacing("charge_automatically", with: "barter")
        let subscription = try Self.decode(StripeSubscription.self, json)
        #expect(subscription.status == .other("dreaming"))
        #expect(subscription.status.known == nil)
        #expect(subscription.collectionMethod.text == "barter")
        let event = try Self.decode(
            StripeEvent.self, StripeSample.event.json.replacing("customer.subscription.updated", with: "moon.risen"))
        #expect(event.kind == .other("moon.risen"))
    }

    @Test func `what is expanded comes along, round and round`() throws {
        let inner = StripeSample.subscription.json.replacing(
            "\"latest_invoice\": \"in_1\"",
            with: "\"latest_invoice\": \(StripeSample.invoice.json)")
        let subscription = try Self.decode(StripeSubscription.self, inner)
        #expect(subscription.latestInvoice?.object?.number == "ABC-0001")
        #expect(subscription.latestInvoice?.object?.subscription?.object == nil)
        #expect(subscription.latestInvoice?.object?.subscription?.id == subscription.id)
    }

    @Test func `who was deleted is told apart`() throws {
        let deleted = #"{"id": "cus_1", "object": "customer", "deleted": true}"#
        let reference = try Self.decode(StripeReference<StripeCustomer>.self, deleted)
        guard case .deleted("cus_1") = reference else {
            Issue.record("not deleted: \(reference)")
            return
        }
        #expect(reference.object == nil)
        let there = try Self.decode(StripeReference<StripeCustomer>.self, StripeSample.customer.json)
        #expect(there.object?.email == "ada@example.com")
    }

    @Test func `of an event's object only what it is and whose is read`() throws {
        let event = try Self.decode(StripeEvent.self, StripeSample.event.json)
        #expect(event.kind == .known(.subscriptionUpdated))
        #expect(event.subject.kind == "subscription")
        #expect(event.subject.id == "sub_1")
        #expect(event.subject.customer == "cus_1")
        for object in [
            #"{"object": "balance"}"#, #"{"object": "x", "id": null, "customer": 7}"#,
            #"{"object": "x", "customer": ["old"]}"#,
        ] {
            let json = StripeSample.event.json.replacing(
                #"{"id": "sub_1", "object": "subscription", "customer": "cus_1", "of": ["anything"]}"#, with: object)
            let event = try Self.decode(StripeEvent.self, json)
            #expect(event.subject.id == nil)
            #expect(event.subject.customer == nil)
        }
    }

    @Test func `a part of a hundred is exact`() throws {
        let coupon = try Self.decode(StripeCoupon.self, StripeSample.coupon.json)
        #expect(coupon.percentOff?.description == "33.33")
    }
}
