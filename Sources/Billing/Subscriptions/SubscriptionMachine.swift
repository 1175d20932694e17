public import Core

/// How what was heard of a subscription changes what is kept of it: a pure function (state, event) -> (state, effects).
///
/// The provider is the truth; the only event is its object, heard in whatever order and however often. States that are
/// reached form a lattice: the newest object by ``SubscriptionSnapshot/isNewer(than:)``, and whether there ever was a trial. So
/// every order of the same events ends in the same state, and an event that comes again changes nothing.
public struct SubscriptionMachine: Sendable {
    public let grace: GraceRules

    public init(grace: GraceRules = .standard) {
        self.grace = grace
    }

    /// - Parameter state: What is kept; nil when nothing was heard yet.
    public func apply(_ snapshot: SubscriptionSnapshot, to state: SubscriptionState?) -> SubscriptionTransition {
        guard let state else {
            return transition(from: nil, to: self.state(snapshot, hadTrial: false), .applied)
        }
        guard state.newest.reference == snapshot.reference else {
            return SubscriptionTransition(state: state, effects: [], verdict: .foreign)
        }
        if snapshot.isNewer(than: state.newest) {
            return transition(from: state, to: self.state(snapshot, hadTrial: state.hadTrial), .applied)
        }
        // An old object can still tell of a trial that the kept one says nothing of.
        let kept = SubscriptionState(
            newest: state.newest, hadTrial: state.hadTrial || snapshot.trialStart != nil, graceUntil: state.graceUntil)
        return transition(from: state, to: kept, snapshot == state.newest ? .known : .older)
    }

    private func state(_ snapshot: SubscriptionSnapshot, hadTrial: Bool) -> SubscriptionState {
        SubscriptionState(
            newest: snapshot, hadTrial: hadTrial || snapshot.trialStart != nil,
            graceUntil: snapshot.status == .pastDue ? snapshot.unpaidSince.map { $0 + grace.length } : nil)
    }

    private func transition(
        from before: SubscriptionState?, to after: SubscriptionState, _ verdict: SubscriptionTransition.Verdict
    ) -> SubscriptionTransition {
        SubscriptionTransition(
            state: after, effects: SubscriptionEffect.all(from: before, to: after, grace: grace), verdict: verdict)
    }
}

/// What came of an event.
public struct SubscriptionTransition: Sendable, Equatable {
    public enum Verdict: Sendable, Equatable {
        /// It is the newest, and kept.
        case applied
        /// It is what is kept.
        case known
        /// Something newer is kept.
        case older
        /// It is about another subscription, and nothing was changed.
        case foreign
    }

    public let state: SubscriptionState
    /// What is to be done, in the unit of work that keeps the state.
    public let effects: [SubscriptionEffect]
    public let verdict: Verdict
}
