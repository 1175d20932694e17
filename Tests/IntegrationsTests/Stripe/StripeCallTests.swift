import Core
import Foundation
import Testing

@testable import Integrations

/// What our calls send, beside what Stripe's own SDK for Python sends for the same.
struct StripeCallTests {
    @Test func `each call is sent as the SDK sends it, and the SDK's types know each parameter`() async throws {
        try await StripeSDK.run { sdk async throws in
            for call in StripeCallSample.all {
                let stripe = ScriptedStripe([.answer(200)])
                // An empty answer is none that can be read, and what was asked is all that is looked at.
                await #expect(throws: StripeError.self, "\(call.name)") { try await call.send(stripe.client()) }
                let asked = try #require(stripe.asked.first)
                let sent = try await sdk.sent(call.name, call.arguments, call.parameters)
                #expect(asked.method == sent.method, "\(call.name)")
                #expect(asked.path == sent.path, "\(call.name)")
                let expected = sent.fields.sorted { $0.lexicographicallyPrecedes($1) }
                #expect(asked.parameters == expected, "\(call.name)")
                for field in ["stripe-version", "authorization", "content-type"] {
                    #expect(asked.field(field) == sent.headers[field], "\(call.name)")
                }
                #expect((asked.field("idempotency-key") != nil) == (asked.method == "POST"), "\(call.name)")
                if let file = call.types {
                    #expect(try await sdk.unknownFields("params/\(file)", call.parameters) == [], "\(call.name)")
                }
            }
        }
    }

    @Test func `the version is the one that the SDK's types are of`() async throws {
        try await StripeSDK.run { sdk async throws in
            let version = try await sdk.version()
            #expect(version == StripeClient.version)
        }
    }

    @Test func `an id is a name within its path`() {
        let id: StripeID<StripeCoupon> = "50%/../x?y#ä"
        let path = StripeCoupon.path.object(id)
        #expect(path.text == "/v1/coupons/50%25%2F..%2Fx%3Fy%23%C3%A4")
    }

    @Test(arguments: ["", ".", "..", "a b", "a\nb", "a\u{0}", "\u{7F}", String(repeating: "x", count: 256)])
    func `what could be something else is no id and no key`(text: String) {
        #expect(StripeID<StripeCoupon>(text) == nil)
        // A key is in no path.
        if text != ".", text != ".." { #expect(StripeIdempotencyKey(text) == nil) }
    }

    @Test func `a key is visible ASCII, up to 255 characters`() {
        #expect(StripeIdempotencyKey(String(repeating: "x", count: 255)) != nil)
        #expect(StripeIdempotencyKey("kä") == nil)
        #expect(StripeIdempotencyKey("a\r\nAuthorization: x") == nil)
    }
}
