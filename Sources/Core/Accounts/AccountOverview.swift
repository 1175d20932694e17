/// An account as administrators see it.
public struct AccountOverview: Sendable, Equatable {
    public let user: User
    /// When one of the person's own sessions was last used, of the ``sessionsLookedAt`` opened last; nil for none that is still
    /// kept. Written as ``Session/lastSeenAt``.
    public let lastSeenAt: Timestamp?
    /// What the log of a suspended account says of it; nil for others, and where no administrator suspended it.
    public let suspensionReason: String?

    /// Bounds what an account that is signed in to all the time costs.
    public static let sessionsLookedAt = 50

    public init(user: User, lastSeenAt: Timestamp?, suspensionReason: String?) {
        self.user = user
        self.lastSeenAt = lastSeenAt
        self.suspensionReason = suspensionReason
    }
}

/// What an account is in, for whoever looks for it. One that is suspended may be on its way to deletion as well.
public enum AccountStatus: String, Sendable, CaseIterable {
    /// ``User/isActive``.
    case active
    case suspended
    case pendingDeletion = "pending_deletion"

    public func isOf(_ user: User) -> Bool {
        switch self {
        case .active: user.isActive
        case .suspended: user.suspendedAt != nil
        case .pendingDeletion: user.deletedAt != nil
        }
    }
}
