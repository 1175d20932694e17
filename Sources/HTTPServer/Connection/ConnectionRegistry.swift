import NIOCore
import Synchronization

/// Every open connection of the server: counts them by address, and can close them all.
public final class ConnectionRegistry: Sendable {
    /// How many connections there are and what became of those that were.
    public struct Counts: Sendable, Equatable {
        /// Open now.
        public var active = 0
        /// Admitted since the start.
        public var accepted = 0
        /// Turned away: too many from one address, or the server was closing.
        public var refused = 0
        /// Ended by a deadline, idle ones aside.
        public var timedOut = 0
        /// Ended because the client did not read its response.
        public var stalled = 0
        /// Answered 400, 413 or 431 before any route saw the request.
        public var rejected = 0
    }

    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var perSource: [ConnectionSource: Int] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())
    private let accepted = Atomic(0)
    private let refused = Atomic(0)
    private let timedOut = Atomic(0)
    private let stalled = Atomic(0)
    private let rejected = Atomic(0)

    /// An empty registry, one for each server.
    public init() {}

    /// The counts now.
    public var counts: Counts {
        Counts(
            active: state.withLock { $0.channels.count },
            accepted: accepted.load(ordering: .relaxed),
            refused: refused.load(ordering: .relaxed),
            timedOut: timedOut.load(ordering: .relaxed),
            stalled: stalled.load(ordering: .relaxed),
            rejected: rejected.load(ordering: .relaxed))
    }

    /// Closes every connection at once, whatever it is doing, and turns away those that come later.
    public func closeAll() {
        let channels = state.withLock { state in
            state.isClosed = true
            return Array(state.channels.values)
        }
        for channel in channels {
            channel.pipeline.fireUserInboundEventTriggered(ForcedClose())
        }
    }

    /// Takes a connection in. False when its source has `limit` connections already, or after `closeAll`.
    ///
    /// - Parameter source: nil for one that is not counted.
    func admit(_ channel: any Channel, from source: ConnectionSource?, limit: Int) -> Bool {
        let isAdmitted = state.withLock { state in
            guard !state.isClosed else { return false }
            if let source {
                let open = state.perSource[source, default: 0]
                guard open < limit else { return false }
                state.perSource[source] = open + 1
            }
            state.channels[ObjectIdentifier(channel)] = channel
            return true
        }
        if isAdmitted {
            accepted.wrappingAdd(1, ordering: .relaxed)
        } else {
            refused.wrappingAdd(1, ordering: .relaxed)
        }
        return isAdmitted
    }

    /// Forgets a connection that was admitted and has closed.
    func release(_ channel: any Channel, from source: ConnectionSource?) {
        state.withLock { state in
            guard state.channels.removeValue(forKey: ObjectIdentifier(channel)) != nil, let source else { return }
            let open = state.perSource[source, default: 0]
            state.perSource[source] = open > 1 ? open - 1 : nil
        }
    }

    func countTimeout() { timedOut.wrappingAdd(1, ordering: .relaxed) }
    func countStall() { stalled.wrappingAdd(1, ordering: .relaxed) }
    func countRejection() { rejected.wrappingAdd(1, ordering: .relaxed) }
}

/// Tells a connection's guard to close at once. Sent through the pipeline because that may be done from any thread.
struct ForcedClose: Sendable {}
