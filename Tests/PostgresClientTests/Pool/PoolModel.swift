@testable import PostgresClient

/// A pool's state with everything it decided, in words.
struct PoolModel {
    private(set) var state: PoolState<String>
    private var actions: [PoolState<String>.Action] = []
    var now: UInt64 = 1_000_000_000_000

    init(_ change: (inout PoolLimits) -> Void = { _ in }) {
        var limits = PoolLimits()
        change(&limits)
        state = PoolState(limits: limits)
    }

    /// What was decided since the last call.
    mutating func take() -> [String] {
        defer { actions = [] }
        return actions.map { action in
            switch action {
            case .connect(let slot): "connect \(slot)"
            case .send(let request, let slot): "send \(request) on \(slot)"
            case .grant(let request, let slot): "grant \(request) \(slot)"
            case .refuse(let request, let error): "refuse \(request) \(error.kind)"
            }
        }
    }

    mutating func read(_ name: String) { state.submit(name, kind: .read, at: now, &actions) }
    mutating func write(_ name: String) { state.submit(name, kind: .exclusive, at: now, &actions) }
    mutating func lease(_ name: String) { state.submit(name, kind: .lease, at: now, &actions) }
    mutating func connected(_ slot: Int) { state.connected(slot: slot, at: now, &actions) }
    mutating func failed(_ slot: Int, jitter: Double = 1) {
        state.connectFailed(slot: slot, at: now, jitter: jitter, &actions)
    }
    mutating func lost(_ slot: Int, jitter: Double? = 1) { state.lost(slot: slot, at: now, jitter: jitter, &actions) }
    mutating func finished(_ slot: Int) { state.finished(slot: slot, at: now, &actions) }
    mutating func released(_ slot: Int) { state.released(slot: slot, at: now, &actions) }
    mutating func withdraw(_ name: String) { state.withdraw { $0 == name } }
    mutating func drain() { state.drain(.closed, &actions) }

    mutating func pass(milliseconds: UInt64) {
        now += milliseconds * 1_000_000
        state.tick(at: now, &actions)
    }

    /// Milliseconds to the next tick that is due.
    var nextTick: UInt64? { state.nextDeadline(after: now).map { ($0 - now) / 1_000_000 } }

    /// A pool all of whose connections are open and idle.
    static func open(_ change: (inout PoolLimits) -> Void = { _ in }) -> PoolModel {
        var model = PoolModel(change)
        for slot in model.state.slots.indices { model.connected(slot) }
        _ = model.take()
        return model
    }
}
