import Core
import Fakes
import Foundation
import Synchronization
import Testing

@testable import Integrations

/// However the way to Stripe fails, one key has one effect.
struct StripeOneEffectTests {
    /// Stripe with its idempotency keys, behind a way that loses requests, answers and its temper.
    private final class Unreliable: Sendable {
        struct Lost: Error {}

        private let effects = Mutex<Set<String?>>([])
        private let randomness: Randomness

        init(seed: UInt64) {
            randomness = .seeded(seed)
        }

        /// The keys under which something was done.
        var done: Set<String?> { effects.withLock { $0 } }

        var exchange: HTTPExchange {
            HTTPExchange { request in
                let chance = self.randomness.fraction()
                switch chance {
                case ..<0.2: throw Lost()
                case ..<0.3: return HTTPExchange.Response(status: 503)
                case ..<0.4:
                    return HTTPExchange.Response(
                        status: 409, body: Array(#"{"error": {"code": "idempotency_key_in_use"}}"#.utf8))
                default: break
                }
                _ = self.effects.withLock { $0.insert(request.field("Idempotency-Key")) }
                if chance < 0.6 { throw Lost() }
                return HTTPExchange.Response(status: 200, body: Array(StripeSample.refund.json.utf8))
            }
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4]) func `five hundred refunds are five hundred, each under its key`(
        seed: UInt64
    ) async throws {
        let stripe = Unreliable(seed: seed)
        let time = ManualTime()
        let client = StripeClient(
            key: Secret("sk"), transport: InProcessStripe(stripe.exchange), time: time.source, randomness: .seeded(seed)
        ) { time.advance(by: $0) }
        let keys = (0..<500).map { "refund-\($0)" }
        for text in keys {
            let key = try StripeIdempotencyKey.sample(text)
            // As a job would: again and again with the key that was stored, until it is known.
            while true {
                do {
                    _ = try await client.send(StripeCreateRefund(paymentIntent: "pi_1", amount: 1), key: key)
                    break
                } catch is StripeError {}
            }
            #expect(stripe.done.contains(text))
        }
        #expect(stripe.done == Set(keys))
    }
}
