import Core

/// What a change of a subscription asks for.
public enum SubscriptionEffect: Sendable, Hashable {
    /// To be done at its time. Made and dropped in pairs: whatever the order of events, what is left is what
    /// ``GraceRules/deadlines(of:)`` says of the last state.
    case schedule(SubscriptionDeadline)
    /// Not to be done any more; it may have been done.
    case drop(SubscriptionDeadline)
    /// The payer has had a trial, and gets no other.
    case noteTrial
    /// What the payer may use is not what it was.
    case refreshEntitlements
    /// To be told to people, webhooks and the audit log. What was passed over because something newer was heard first is
    /// not told.
    case announce(SubscriptionNews)
}

extension SubscriptionEffect {
    /// All that leads from one state to another; nothing where they are the same.
    static func all(from before: SubscriptionState?, to after: SubscriptionState, grace: GraceRules)
        -> [SubscriptionEffect]
    {
        let (old, new) = (before.map(grace.deadlines) ?? [], grace.deadlines(of: after))
        var effects: [SubscriptionEffect] = old.filter { !new.contains($0) }.map { .drop($0) }
        effects += new.filter { !old.contains($0) }.map { .schedule($0) }
        if after.hadTrial, before?.hadTrial != true { effects.append(.noteTrial) }
        if before?.access != after.access { effects.append(.refreshEntitlements) }
        return effects + SubscriptionNews.all(from: before, to: after).map { .announce($0) }
    }
}
