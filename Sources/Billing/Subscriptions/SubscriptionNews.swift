public import Core

/// What happened to a subscription, for those who are told.
public enum SubscriptionNews: Sendable, Hashable {
    case trialStarted(until: Timestamp)
    /// It is paid for, for the first time or after its trial.
    case started
    /// The next period is paid for.
    case renewed
    case priceChanged(from: PriceID?, to: PriceID?)
    case seatsChanged(from: Int64, to: Int64)
    /// What it allows goes on until then.
    case paymentFailed(graceUntil: Timestamp)
    /// What was owed is paid.
    case recovered
    /// Payment was given up.
    case suspended
    /// The trial ended without a way to pay.
    case paused
    case resumed
    case endScheduled(at: Timestamp)
    /// It goes on after all.
    case endWithdrawn
    case ended
}

extension SubscriptionNews {
    static func all(from before: SubscriptionState?, to after: SubscriptionState) -> [SubscriptionNews] {
        guard before?.newest != after.newest else { return [] }
        var news: [SubscriptionNews] = []
        if before?.status != after.status, let turn = turn(from: before?.status, to: after) { news.append(turn) }
        guard let before, before.status.isLive, after.status.isLive else { return news }
        let (old, new) = (before.newest, after.newest)
        if old.status == .active, new.status == .active, old.period.end <= new.period.start { news.append(.renewed) }
        if old.price != new.price { news.append(.priceChanged(from: old.price, to: new.price)) }
        if old.seats != new.seats { news.append(.seatsChanged(from: old.seats, to: new.seats)) }
        if old.scheduledEnd != new.scheduledEnd {
            news.append(new.scheduledEnd.map { .endScheduled(at: $0) } ?? .endWithdrawn)
        }
        return news
    }

    /// What a change of the status means. Of a subscription that never came to anything nothing is told.
    private static func turn(from before: SubscriptionStatus?, to after: SubscriptionState) -> SubscriptionNews? {
        switch after.status {
        case .trialing:
            before == .paused ? .resumed : after.newest.trialEnd.map { .trialStarted(until: $0) }
        case .active:
            switch before {
            case .pastDue, .unpaid: .recovered
            case .paused: .resumed
            case nil, .incomplete, .incompleteExpired, .trialing, .active, .canceled: .started
            }
        case .pastDue: after.graceUntil.map { .paymentFailed(graceUntil: $0) }
        case .unpaid: .suspended
        case .paused: .paused
        case .canceled: before?.isLive == true ? .ended : nil
        case .incomplete, .incompleteExpired: nil
        }
    }
}
