public import Core

/// What to answer to an authentic refresh token that was not exchanged.
public enum RefreshDecision: Sendable, Equatable {
    /// The direct parent of the current token comes again in time: the same successor, opened with the parent.
    case repeatSuccessor(sealed: [UInt8])
    /// An older token comes again: somebody has a copy, so the session is to be revoked.
    case reused
    case sessionExpired
    case sessionRevoked
    /// Never valid for this session: refused, and nothing is harmed.
    case invalid

    /// How long the direct parent is answered with its successor again, counted from the rotation.
    public static let repeatWindow: Duration = .seconds(30)

    /// Decides after the atomic rotation found that `presented` is not the current token of a live session.
    ///
    /// The caller has checked ``RefreshToken/isAuthentic(_:)`` before: here the generation is believed.
    public static func decide(
        presented: RefreshToken, session: Session, state: RefreshState, now: Timestamp
    ) -> RefreshDecision {
        guard presented.sessionID == session.id else { return .invalid }
        guard session.revokedAt == nil else { return .sessionRevoked }
        guard session.isLive(at: now) else { return .sessionExpired }
        let hash = presented.hash
        // While its hash is the parent's, the successor is unused: using that one makes another the parent.
        if let parent = state.parentHash, ConstantTime.equal(hash, parent) {
            guard let sealed = state.sealedSuccessor, let rotatedAt = state.rotatedAt, now - rotatedAt <= repeatWindow
            else { return .reused }
            return .repeatSuccessor(sealed: sealed)
        }
        // A token of the current generation or a later one that is not the current token was never handed out by this
        // database: the loser of a race, or a token newer than a restored backup.
        return presented.generation < state.generation ? .reused : .invalid
    }
}
