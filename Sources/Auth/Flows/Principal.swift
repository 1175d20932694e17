public import Core

/// Who makes a request: a person, through one of their sessions or by one of their API keys, or an administrator in the
/// person's name.
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

    /// The administrator who acts in the person's name, if one does: what a page shows a banner by. Until when is the
    /// session's ``Session/expiresAt``.
    public var impersonatorID: ID<User>? {
        if case .session(let session) = credential { session.impersonatorID } else { nil }
    }

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
    public func subject(in membership: AccessSubject.Membership?) -> AccessSubject {
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

    /// The session of an active account, for what concerns how its person gets in, which nobody does in another's name.
    /// - Throws: ``AuthError/accountPendingDeletion``, ``AuthError/sessionRequired``, ``AuthError/impersonating``.
    @discardableResult
    public func requireOwnSession() throws(AuthError) -> Session {
        try requireActive()
        return try requireHolder()
    }

    /// The person's own session, also where the account is on its way to deletion.
    /// - Throws: ``AuthError/sessionRequired``; ``AuthError/impersonating`` for an administrator who acts as the person.
    @discardableResult
    public func requireHolder() throws(AuthError) -> Session {
        let session = try requireSession()
        guard session.impersonatorID == nil else { throw .impersonating }
        return session
    }

    /// The person's own session of an active account, if a credential was given in it a moment ago.
    /// - Throws: As ``requireOwnSession()``; ``AuthError/reauthenticationRequired``.
    @discardableResult
    public func requireFresh(at now: Timestamp) throws(AuthError) -> Session {
        let session = try requireOwnSession()
        guard now < session.authenticatedAt + Lifetimes.privilegedWindow else { throw .reauthenticationRequired }
        return session
    }

    /// The fresh session of an administrator, for what is done to other people's accounts.
    /// - Throws: As ``requireFresh(at:)``; ``AuthError/forbidden`` for whoever is no superuser;
    ///   ``AuthError/secondFactorRequired`` for one whose sign-ins ask for no second factor.
    @discardableResult
    public func requireAdministrator(at now: Timestamp) throws(AuthError) -> Session {
        try requireAdministrator()
        return try requireFresh(at: now)
    }

    /// The session of an administrator, fresh or not, for what is only looked at.
    /// - Throws: As ``requireOwnSession()``; ``AuthError/forbidden`` for whoever is no superuser;
    ///   ``AuthError/secondFactorRequired`` for one whose sign-ins ask for no second factor.
    @discardableResult
    public func requireAdministrator() throws(AuthError) -> Session {
        let session = try requireOwnSession()
        guard user.isSuperuser else { throw .forbidden }
        guard user.hasSecondFactor else { throw .secondFactorRequired }
        return session
    }
}
