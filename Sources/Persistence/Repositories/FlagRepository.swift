public import Core

/// The flags of the installation. Only the system may ask.
///
/// Every change counts one revision up, which all flags share, in its own unit of work: whoever knows the revision knows
/// whether anything changed. Changes come one after another.
public protocol FlagRepository: Sendable {
    /// How often flags were changed.
    func revision() async throws -> Int64

    /// All flags, with a revision whose changes are all in them.
    func all() async throws -> FlagSet

    func find(_ key: FlagKey) async throws -> FeatureFlag?

    /// The flag as it is until the unit of work ends: whoever else changes any flag comes before or after, never in between.
    func findLocked(_ key: FlagKey) async throws -> FeatureFlag?

    /// Adds the flag, or replaces all of the one with its key but the time of its creation; tells every instance.
    /// - Returns: The flag as stored now.
    func save(_ flag: FeatureFlag) async throws -> FeatureFlag

    /// Removes a flag; tells every instance.
    /// - Returns: Whether it was there.
    func remove(_ key: FlagKey) async throws -> Bool
}
