/// Where a caller stands with a limit of requests in a minute.
public struct RequestLimit: Sendable, Equatable {
    /// Requests in each window.
    public let limit: Int
    /// What is left of them in this one, as far as this instance knows.
    public let remaining: Int
    /// The time to the next window.
    public let resetAfter: Duration
    /// Whether this request is within the limit.
    public let allowed: Bool
}
