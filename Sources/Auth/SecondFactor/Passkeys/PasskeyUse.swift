/// A passkey used successfully: what is new about it.
public struct PasskeyUse: Sendable, Equatable {
    /// To be kept for the next use, by a statement that takes no smaller one in its place.
    public let signCount: UInt32
    /// Whether PIN or biometrics were checked.
    public let isUserVerified: Bool
    public let isBackedUp: Bool
}
