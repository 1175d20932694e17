public import Core

/// Tells streams that something changed for a person.
public protocol UserSignals: Sendable {
    /// An element soon after something new is there for the person, or a session of theirs ended, here or on another
    /// instance. A hint: what is missed is found by asking.
    func wakeUps(of user: ID<User>) -> AsyncStream<Void>
}
