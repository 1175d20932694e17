public import Core

/// Which accounts are listed; nil stands for all.
public struct UserFilter: Sendable, Equatable {
    /// Lists by address instead of by creation.
    public let email: EmailPrefix?
    public let status: AccountStatus?

    public init(email: EmailPrefix? = nil, status: AccountStatus? = nil) {
        self.email = email
        self.status = status
    }
}
