/// A calendar month in UTC: what is limited by the month is counted in these, whatever the interval and the day that
/// somebody pays on, so that a change of plan neither forgets nor doubles what was used.
public struct UsageMonth: Sendable, Hashable {
    public let year: Int64
    /// 1 to 12.
    public let month: Int64

    /// The month that a moment lies in.
    public init(containing time: Timestamp) {
        (year, month, _) = Timestamp.civil(days: time.seconds.flooredQuotient(86_400))
    }
}

extension UsageMonth: CustomStringConvertible {
    /// `2026-11`.
    public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }
}
