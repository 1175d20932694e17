import Billing
import Core
import Testing

struct PaymentTests {
    private func payment(
        _ status: PaymentStatus = .succeeded, amount: Int64 = 1900, refunded: Int64 = 0, on day: Int64 = 0,
        failureCode: String? = nil
    ) throws -> PaymentSnapshot {
        try PaymentSnapshot(
            reference: PaymentReference(stored: "pi_1"), customer: CustomerReference(stored: "cus_1"), status: status,
            amount: Money(amount, .eur), refunded: Money(refunded, .eur), failureCode: failureCode,
            createdAt: .day(0), asOf: .day(day))
    }

    @Test(
        arguments: [
            (0, nil, 1900), (0, 1900, 1900), (0, 1, 1), (500, nil, 1400), (500, 1400, 1400),
        ] as [(Int64, Int64?, Int64)])
    func `what is asked for goes back, or all that is left`(refunded: Int64, asked: Int64?, expected: Int64) throws {
        let amount = try Refunds.amount(asked.map { Money($0, .eur) }, of: payment(refunded: refunded))
        #expect(amount == Money(expected, .eur))
    }

    @Test(
        arguments: [
            (0, 1901, .beyondRest(Money(1900, .eur))), (500, 1401, .beyondRest(Money(1400, .eur))),
            (1900, nil, .beyondRest(Money(0, .eur))), (1900, 1, .beyondRest(Money(0, .eur))), (0, 0, .nothing),
            (0, -1, .nothing), (0, .min, .nothing), (0, .max, .beyondRest(Money(1900, .eur))),
        ] as [(Int64, Int64?, RefundRefusal)])
    func `never more than came, and never nothing`(refunded: Int64, asked: Int64?, refusal: RefundRefusal) throws {
        let payment = try payment(refunded: refunded)
        #expect(throws: refusal) { try Refunds.amount(asked.map { Money($0, .eur) }, of: payment) }
    }

    @Test func `what did not come does not go back, nor in another currency`() throws {
        for status in [PaymentStatus.pending, .failed] {
            let payment = try payment(status)
            #expect(throws: RefundRefusal.notPaid) { try Refunds.amount(nil, of: payment) }
        }
        let paid = try payment()
        #expect(throws: RefundRefusal.otherCurrency(.eur)) { try Refunds.amount(Money(1, .usd), of: paid) }
    }

    @Test(arguments: [(100, 101), (-1, 0), (100, -1)] as [(Int64, Int64)])
    func `a payment of which more went back than came is none`(amount: Int64, refunded: Int64) {
        #expect(throws: PaymentFlaw.refundedBeyondAmount) { try payment(amount: amount, refunded: refunded) }
    }

    @Test(arguments: UInt64(1)...100)
    func `any order of what is heard ends in the same payment, with all that went back`(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let events = try (0..<15).map { _ in
            let status = PaymentStatus.allCases.randomElement(using: &generator) ?? .pending
            return try payment(
                status, refunded: status == .succeeded ? Int64.random(in: 0...3, using: &generator) * 100 : 0,
                on: Int64.random(in: 0...5, using: &generator),
                failureCode: status == .failed ? ["a", "b"].randomElement(using: &generator) : nil)
        }
        func kept(_ events: [PaymentSnapshot]) -> PaymentSnapshot? {
            events.reduce(nil) { kept, event in kept.map { event.isNewer(than: $0) ? event : $0 } ?? event }
        }
        let end = try #require(kept(events))
        for _ in 0..<5 { #expect(kept((events + events).shuffled(using: &generator)) == end) }
        #expect(end.refunded.minorUnits == events.map(\.refunded.minorUnits).max())
        #expect((end.status == .succeeded) == events.contains { $0.status == .succeeded })
    }
}
