/// Whether somebody may have more of what their plan limits.
public enum EntitlementDecision: Sendable, Hashable {
    case allowed
    /// The plan in force has no room: of `limit`, `used` are taken or held.
    case upgradeRequired(limit: Int64, used: Int64)
}
