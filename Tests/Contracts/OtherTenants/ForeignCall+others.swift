extension ForeignCall {
    /// Functions without a tenant whose rows could be reached, by the reason.
    public static let others: [String: [String]] = [
        "Anybody may ask for work; nobody sees it but the system.": ["jobs.enqueue(_:)"],
        "Takes whole seals, which only the sealer has; a scope without the right is refused as in `takeWaiting`.": [
            "auditSeals.append(_:)"
        ],
        "The server's own keys: one installation, no tenants.": [
            "sealedKeys.signingKeys(at:)", "sealedKeys.insert(_:unlessActiveFrom:)", "sealedKeys.revoke(_:at:)",
            "sealedKeys.reseal(_:from:to:)", "sealedKeys.replaceMasterKeys(fingerprint:at:)",
            "sealedKeys.rememberMasterKey(fingerprint:at:)",
        ],
        "What runs when: one installation, no tenants.": [
            "schedules.register(_:definition:nextRunAt:)",
            "schedules.advance(_:definition:to:at:)", "schedules.upcoming()",
        ],
        "Hashes of challenges that say nothing of whose they were.": [
            "spentChallenges.insert(hash:expiresAt:)", "spentChallenges.removeExpired(before:)",
        ],
        "What is known of addresses, whoever has them; closed to all but the system.": [
            "mailSuppressions.find(emailKey:)", "mailSuppressions.record(_:)", "mailSuppressions.lift(emailKey:at:)",
        ],
        "Flags of the installation, which name no tenant; closed to all but the system.": [
            "flags.revision()", "flags.all()", "flags.find(_:)", "flags.findLocked(_:)", "flags.save(_:)",
            "flags.remove(_:)",
        ],
        "Counts of the installation, for its administrators.": ["statistics.counts(at:)"],
    ]
}
