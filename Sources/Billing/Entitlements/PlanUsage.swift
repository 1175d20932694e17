/// How much of something is taken.
public struct PlanUsage: Sendable, Hashable {
    public let used: Int64
    /// Held for what is not there yet: seats of people who are invited, an upload that is not finished.
    public let reserved: Int64

    public static let none = PlanUsage(used: 0, reserved: 0)

    /// Below nothing counts as nothing.
    public init(used: Int64, reserved: Int64 = 0) {
        self.used = max(0, used)
        self.reserved = max(0, reserved)
    }

    /// Both together, 64 bits at most.
    public var total: Int64 {
        let (sum, overflow) = used.addingReportingOverflow(reserved)
        return overflow ? .max : sum
    }
}
