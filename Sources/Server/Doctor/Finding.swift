/// One thing that was checked.
struct Finding: Sendable, Equatable {
    enum Verdict: String, Sendable {
        case good = "✓"
        case doubtful = "!"
        case bad = "✗"
    }

    let verdict: Verdict
    let subject: String
    /// What was found, and for anything but good what to do.
    let detail: String

    static func good(_ subject: String, _ detail: String) -> Finding {
        Finding(verdict: .good, subject: subject, detail: detail)
    }

    static func doubtful(_ subject: String, _ detail: String) -> Finding {
        Finding(verdict: .doubtful, subject: subject, detail: detail)
    }

    static func bad(_ subject: String, _ detail: String) -> Finding {
        Finding(verdict: .bad, subject: subject, detail: detail)
    }

    var text: String { "\(verdict.rawValue) \(subject): \(detail)" }
}
