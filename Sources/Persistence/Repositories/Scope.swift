public import Core

/// On whose behalf data is read or written: what a query may see.
///
/// In PostgreSQL the scope becomes the role and the settings that row-level security reads, in the same round trip as
/// the query. What lies outside the scope does not exist for it: it is not found, it can't be changed.
public enum Scope: Sendable, Hashable {
    /// Everything: authentication, look-ups by token, jobs, administration.
    case system
    /// What belongs to one person.
    case user(ID<User>)
    /// What belongs to one team, on behalf of one of its members, or of nobody: for a program of the team's.
    case team(ID<Team>, ID<User>?)
}
