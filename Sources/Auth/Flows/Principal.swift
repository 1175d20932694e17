public import Core

/// Who makes a request: a person through one of their sessions.
public struct Principal: Sendable, Equatable {
    public let user: User
    public let session: Session
    /// Whether the session's last use is old enough to be written again, which the caller does off the request's way
    /// by ``Accounts/touch(_:)``.
    public let needsTouch: Bool

    /// Whether the account is on its way to deletion, so that only restoring, exporting and signing out are allowed.
    public var isPendingDeletion: Bool { user.deletedAt != nil }

    public init(user: User, session: Session, needsTouch: Bool = false) {
        self.user = user
        self.session = session
        self.needsTouch = needsTouch
    }

    /// Refuses an account that is on its way to deletion.
    public func requireActive() throws(AuthError) {
        if isPendingDeletion { throw .accountPendingDeletion }
    }
}
