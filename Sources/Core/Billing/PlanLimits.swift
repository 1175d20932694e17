/// What plans limit. The raw values are part of the API and of stored rows.
public enum PlanLimit: String, Sendable, CaseIterable, Codable {
    /// Members of a team and people invited to it.
    case seats
    /// What is kept, in bytes.
    case storageBytes = "storage_bytes"
    /// In a month (``UsageMonth``).
    case aiTokens = "ai_tokens"
    /// In a month (``UsageMonth``).
    case apiCalls = "api_calls"

    /// Whether what was used is forgotten at the end of the month.
    public var isMonthly: Bool {
        switch self {
        case .seats, .storageBytes: false
        case .aiTokens, .apiCalls: true
        }
    }
}

/// How much of each a plan lets one have; nil for any amount.
public struct PlanLimits: Sendable, Equatable {
    public let seats: Int64?
    public let storageBytes: Int64?
    public let aiTokens: Int64?
    public let apiCalls: Int64?

    public init(seats: Int64?, storageBytes: Int64?, aiTokens: Int64?, apiCalls: Int64?) {
        self.seats = seats
        self.storageBytes = storageBytes
        self.aiTokens = aiTokens
        self.apiCalls = apiCalls
    }

    public subscript(_ limit: PlanLimit) -> Int64? {
        switch limit {
        case .seats: seats
        case .storageBytes: storageBytes
        case .aiTokens: aiTokens
        case .apiCalls: apiCalls
        }
    }
}
