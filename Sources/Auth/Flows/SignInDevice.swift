import Core

/// The device that somebody signs in on.
public struct SignInDevice: Sendable {
    /// What the person calls it.
    public let name: String?
    /// What it was marked with at an earlier sign-in.
    public let mark: DeviceToken?
    /// An account at a provider that waits to be linked to the one signed in to (``OpenIDOutcome/signInToLink(_:)``).
    public let pendingLink: String?

    public init(name: String? = nil, mark: DeviceToken? = nil, pendingLink: String? = nil) {
        self.name = name
        self.mark = mark
        self.pendingLink = pendingLink
    }

    /// One of which nothing is known.
    public static let unknown = SignInDevice()

    /// The mark that it brought along, if it is one of this person.
    func mark(of user: ID<User>, keys: MasterKeys) -> DeviceToken? {
        mark.flatMap { $0.marks(user, keys: keys) ? $0 : nil }
    }
}
