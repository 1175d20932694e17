public import Core

/// Who makes a request: a person, through one of their sessions or by one of their API keys.
public struct Principal: Sendable, Equatable {
    public enum Credential: Sendable, Equatable {
        case session(Session)
        case apiKey(APIKey)
    }

    public let user: User
    public let credential: Credential
    /// Whether the credential's last use is old enough to be written again, which the caller does off the request's way
    /// by ``Accounts/touch(_:)``.
    public let needsTouch: Bool

    /// Whether the account is on its way to deletion, so that only restoring, exporting and signing out are allowed.
    public var isPendingDeletion: Bool { user.deletedAt != nil }

    public init(user: User, credential: Credential, needsTouch: Bool = false) {
        self.user = user
        self.credential = credential
        self.needsTouch = needsTouch
    }

    public init(user: User, session: Session, needsTouch: Bool = false) {
        self.init(user: user, credential: .session(session), needsTouch: needsTouch)
    }

    /// What the API key limits it to; nil for a session, which may all that the person may.
    public var scopes: Scopes? {
        if case .apiKey(let key) = credential { key.scopes } else { nil }
    }

    /// Who asks, as ``Policy`` wants to know it.
    /// - Parameter membership: The part in the team that is asked about.
    public func subject(in membership: AccessSubject.Membership? = nil) -> AccessSubject {
        AccessSubject(user: user, scopes: scopes, membership: membership)
    }

    /// Refuses an account that is on its way to deletion.
    public func requireActive() throws(AuthError) {
        if isPendingDeletion { throw .accountPendingDeletion }
    }

    /// The session, for what no API key may do.
    /// - Throws: ``AuthError/sessionRequired``.
    public func requireSession() throws(AuthError) -> Session {
        guard case .session(let session) = credential else { throw .sessionRequired }
        return session
    }

    /// The session of an active account, if a credential was given in it a moment ago.
    /// - Throws: ``AuthError/accountPendingDeletion``, ``AuthError/sessionRequired``,
    ///   ``AuthError/reauthenticationRequired``.
    @discardableResult
    public func requireFresh(at now: Timestamp) throws(AuthError) -> Session {
        try requireActive()
        let session = try requireSession()
        guard now < session.authenticatedAt + Lifetimes.privilegedWindow else { throw .reauthenticationRequired }
        return session
    }
}
