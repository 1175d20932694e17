public import Core

/// The set of recovery codes that a person gets when enrolling a second factor, or anew in place of the last set.
public enum RecoveryCodes {
    static let count = 10

    /// Ten new codes, to be shown once.
    public static func make(randomness: Randomness) -> [RecoveryCode] {
        (0..<count).map { _ in RecoveryCode.make(randomness: randomness) }
    }
}
