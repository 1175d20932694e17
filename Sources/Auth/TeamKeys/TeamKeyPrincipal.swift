public import Core

/// A program that acts by a key of a team, in that team and on behalf of nobody.
public struct TeamKeyPrincipal: TeamPrincipal, Equatable {
    public let key: TeamAPIKey
    /// Whether the key's last use is old enough to be written again, which the caller does off the request's way by
    /// ``Accounts/touch(_:from:)``.
    public let needsTouch: Bool

    public init(key: TeamAPIKey, needsTouch: Bool = false) {
        self.key = key
        self.needsTouch = needsTouch
    }

    public var person: Principal? { nil }
    public var teamKey: TeamAPIKey? { key }

    /// The same everywhere: a key has its part in its own team, and in no other.
    public func subject(in _: AccessSubject.Membership?) -> AccessSubject {
        AccessSubject(keyOf: key.teamID, scopes: key.scopes)
    }

    public func author(from origin: RequestOrigin) -> AuditAuthor {
        AuditAuthor(key: key.id, origin: origin)
    }
}
