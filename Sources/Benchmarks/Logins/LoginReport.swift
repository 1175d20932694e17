/// What came of many sign-ins, as one line of numbers.
struct LoginReport: CustomStringConvertible {
    /// Successes a second between the first and the last.
    private let rate: Double
    private let signedIn: Int
    private let refused: Int
    /// What else was answered, and how often.
    let others: [String: Int]
    /// Milliseconds that a success took.
    private let median: Double
    /// Milliseconds that any of them took.
    private let longest: Double

    init(_ answers: [LoginAnswer]) {
        let good = answers.filter { $0.kind == .signedIn }
        let ends = good.map(\.answered).sorted()
        if let first = ends.first, let last = ends.last, first < last {
            rate = Double(good.count - 1) / (first.duration(to: last) / .seconds(1))
        } else {
            rate = 0
        }
        signedIn = good.count
        refused = answers.count { $0.kind == .refused }
        others = answers.reduce(into: [:]) { others, answer in
            if case .other(let what) = answer.kind { others[what, default: 0] += 1 }
        }
        let times = good.map(Self.milliseconds).sorted()
        median = times.isEmpty ? 0 : times[times.count / 2]
        longest = answers.map(Self.milliseconds).max() ?? 0
    }

    var description: String {
        let otherCount = others.values.reduce(0, +)
        return "\(Self.hundredths(rate)) \(signedIn) \(refused) \(otherCount) \(Self.hundredths(median))"
            + " \(Self.hundredths(longest))"
    }

    static func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    private static func milliseconds(_ answer: LoginAnswer) -> Double {
        answer.due.duration(to: answer.answered) / .milliseconds(1)
    }
}
