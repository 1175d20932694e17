/// Whether somebody may do something, and what to answer when not.
public enum AccessDecision: Sendable, Hashable {
    case allowed
    /// To be answered as if there were no such thing (404): it belongs to somebody else.
    case hidden
    /// To be refused openly (403).
    case forbidden(Reason)

    /// Why something known is refused.
    public enum Reason: Sendable, Hashable {
        /// The account is on its way to deletion.
        case pendingDeletion
        /// The API key was not made for this.
        case outOfScope
        /// Neither the role nor a grant allows it.
        case missingPermission
        /// What would be given, edited or taken away is above one's own.
        case roleTooHigh
    }
}
