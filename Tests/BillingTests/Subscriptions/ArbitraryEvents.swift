import Core

/// Events about one subscription that could come of anything: every status may follow every other, times repeat.
struct ArbitraryEvents {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed)
    }

    mutating func events(_ count: Int, reference: String = "sub_1", terminal: Bool = true) throws
        -> [SubscriptionSnapshot]
    {
        try (0..<count).map { _ in try event(reference: reference, terminal: terminal) }
    }

    /// The same events, each once to three times, in any order.
    mutating func scramble(_ events: [SubscriptionSnapshot]) -> [SubscriptionSnapshot] {
        events.flatMap { event in Array(repeating: event, count: number(1...3)) }.shuffled(using: &generator)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }

    mutating func chance(_ one: Int, in many: Int) -> Bool {
        number(1...many) <= one
    }

    private mutating func event(reference: String, terminal: Bool) throws -> SubscriptionSnapshot {
        // Endings are rare, or every sequence would be about what comes after one.
        let ends = terminal && chance(1, in: 12)
        let statuses = SubscriptionStatus.allCases.filter { $0.isTerminal == ends }
        let status = statuses[number(0...statuses.count - 1)]
        let start = Int64(number(0...60))
        return try .test(
            status, on: Int64(number(0...40)), reference: reference,
            price: ["pro_month_eur", "business_year_usd", nil][number(0...2)], seats: Int64(number(1...4)),
            period: start..<start + 30, trial: status == .trialing || chance(1, in: 8) ? 0..<14 : nil,
            cancelOn: chance(1, in: 6) ? Int64(number(0...90)) : nil, cancelsAtPeriodEnd: chance(1, in: 4),
            unpaidSince: status == .pastDue || chance(1, in: 6) ? Int64(number(0...40)) : nil)
    }
}
