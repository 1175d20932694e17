public import Core

/// What a customer used, for prices that are by use.
public struct UsageReport: Sendable, Equatable {
    /// Of the entry in our ledger: the provider counts each once, for as long as it remembers them (a day at least).
    public let id: String
    public let customer: CustomerReference
    /// What is counted at the provider: `ai_tokens`.
    public let meter: String
    public let amount: Int64
    public let usedAt: Timestamp

    public init(id: String, customer: CustomerReference, meter: String, amount: Int64, usedAt: Timestamp) {
        self.id = id
        self.customer = customer
        self.meter = meter
        self.amount = amount
        self.usedAt = usedAt
    }
}
