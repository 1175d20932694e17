public import Core

/// Who acts in teams: a person, or a program by a key that belongs to a team.
///
/// What takes a ``Principal`` instead is for people alone, so that nothing that asks who the person is can meet a program
/// that acts on behalf of nobody.
public protocol TeamPrincipal: Sendable {
    /// The person who asks; nil for a program of a team's.
    var person: Principal? { get }
    /// The key that a program of a team's asks by; nil for a person.
    var teamKey: TeamAPIKey? { get }

    /// Who asks, as ``Policy`` wants to know it.
    /// - Parameter membership: The person's part in the team that is asked about.
    func subject(in membership: AccessSubject.Membership?) -> AccessSubject

    /// Who this is, for audit rows.
    func author(from origin: RequestOrigin) -> AuditAuthor
}

extension TeamPrincipal {
    /// Whose own rows a query may see beside the team's; nil for a program of a team's.
    public var userID: ID<User>? { person?.user.id }

    /// Refuses an account that is on its way to deletion.
    public func requireActive() throws(AuthError) {
        try person?.requireActive()
    }
}

extension Principal: TeamPrincipal {
    public var person: Principal? { self }
    public var teamKey: TeamAPIKey? { nil }
}
