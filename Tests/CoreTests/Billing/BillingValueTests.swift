import Core
import Testing

struct BillingValueTests {
    private static let long = String(repeating: "a", count: 63)

    @Test(arguments: ["free", "pro_month_eur", "a", "a-b_9", long])
    func `a name of the catalogue`(text: String) {
        #expect(PlanID(text)?.text == text)
        #expect(PriceID(text)?.text == text)
        #expect(PlanFeature(text)?.text == text)
    }

    @Test(arguments: ["", "Pro", "9a", "_a", "a b", "a.b", "é", long + "a"])
    func `no name of the catalogue`(text: String) {
        #expect(PlanID(text) == nil)
        #expect(PriceID(text) == nil)
        #expect(PlanFeature(text) == nil)
    }

    @Test(arguments: [("cus_1", true), ("", false), ("a b", false), ("a\n", false), ("é", false)])
    func `an identifier of the provider's is visible ASCII`(text: String, isOne: Bool) {
        #expect((CustomerReference(text) != nil) == isOne)
    }

    @Test func `an identifier of the provider's is 255 bytes at most`() {
        #expect(CustomerReference(String(repeating: "a", count: 255)) != nil)
        #expect(CustomerReference(String(repeating: "a", count: 256)) == nil)
    }

    @Test(arguments: [("4242", true), ("42", false), ("42424", false), ("424x", false), ("４２４２", false)])
    func `of a card four digits are kept`(digits: String, isOne: Bool) {
        #expect((PaymentCard(brand: "visa", last4: digits) != nil) == isOne)
    }

    @Test(arguments: [
        ("2026-11-01T00:00:00Z", "2026-11"), ("2026-10-31T23:59:59.999999Z", "2026-10"),
        ("2026-11-01T01:00:00+02:00", "2026-10"), ("2024-02-29T12:00:00Z", "2024-02"),
        ("1969-12-31T23:59:59Z", "1969-12"),
        ("2027-01-01T00:00:00Z", "2027-01"),
    ])
    func `a month is one of the calendar in UTC`(time: String, month: String) throws {
        #expect(try UsageMonth(containing: #require(Timestamp(time))).description == month)
    }

    @Test func `a month of any moment is no trap`() {
        for time in [Int64.min, -1, 0, .max] { _ = UsageMonth(containing: Timestamp(microseconds: time)).description }
    }

    @Test func `a period does not end before it starts`() {
        let (early, late) = (Timestamp(seconds: 1), Timestamp(seconds: 2))
        #expect(BillingPeriod(start: late, end: early) == nil)
        #expect(BillingPeriod(start: early, end: early)?.end == early)
        #expect(BillingPeriod(start: early, end: late)?.start == early)
    }

    @Test func `each status is a word of the provider's`() {
        #expect(
            Set(SubscriptionStatus.allCases.map(\.rawValue)) == [
                "incomplete", "incomplete_expired", "trialing", "active", "past_due", "canceled", "unpaid", "paused",
            ])
        #expect(Set(SubscriptionStatus.allCases.filter(\.isTerminal)) == [.incompleteExpired, .canceled])
        #expect(Set(SubscriptionStatus.allCases.filter(\.isLive)) == [.trialing, .active, .pastDue, .unpaid, .paused])
    }

    @Test(arguments: PlanLimit.allCases)
    func `each limit is found by its name`(limit: PlanLimit) {
        let limits = PlanLimits(seats: 1, storageBytes: 2, aiTokens: 3, apiCalls: nil)
        let expected: [String: Int64] = ["seats": 1, "storage_bytes": 2, "ai_tokens": 3]
        #expect(limits[limit] == expected[limit.rawValue])
        #expect(limit.isMonthly == ["ai_tokens", "api_calls"].contains(limit.rawValue))
    }
}
