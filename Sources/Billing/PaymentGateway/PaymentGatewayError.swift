/// Why a call to the provider came to nothing. No case holds what a payer typed, or what could be a secret.
public enum PaymentGatewayError: Error, Hashable {
    /// The bank refused. Nothing was charged; another card, or another day, may do.
    /// - Parameter code: The provider's word: `insufficient_funds`.
    case cardDeclined(code: String)
    /// The bank wants to see its customer. Nothing was charged; the payer goes on at the address.
    case authenticationNeeded(url: String?)
    /// Nothing was done: no connection, too many calls, the provider is down. The same call with the same key may work.
    case retryable(after: Duration?)
    /// It may have been done: the answer was lost, unreadable, or nobody waited for it. The same call with the same key
    /// tells.
    case unknownOutcome
    /// Nothing was done, and the same call never will be: it is a mistake of ours, or what it is about does not allow it.
    /// - Parameter code: The provider's word: `resource_missing`.
    case rejected(code: String)

    /// Whether the same call with the same key is to be made again.
    public var isWorthRetrying: Bool {
        switch self {
        case .retryable, .unknownOutcome: true
        case .cardDeclined, .authenticationNeeded, .rejected: false
        }
    }
}
