/// What is paid for at a time.
public struct BillingPeriod: Sendable, Hashable {
    public let start: Timestamp
    /// The first moment that is not in it.
    public let end: Timestamp

    /// Nil where it would end before it starts.
    public init?(start: Timestamp, end: Timestamp) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }
}
