public import Core

/// One trial for each payer.
public enum Trials {
    /// How many days of a plan are free for a payer; 0 for none.
    /// - Parameter hadTrial: Whether the payer had one, by any subscription and of any plan.
    public static func days(of plan: Plan, hadTrial: Bool) -> Int {
        hadTrial ? 0 : plan.trialDays
    }
}
