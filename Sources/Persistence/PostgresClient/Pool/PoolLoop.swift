import CLibPQ
import Logging
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The I/O thread: drives all connections of one pool with `poll`.
///
/// Unchecked: everything but the mailbox is touched by its one thread only.
final class PoolLoop: @unchecked Sendable {
    let mailbox = Mailbox()
    let metrics: PoolMetrics
    let configuration: PoolConfiguration
    private let logger: Logger
    var state: PoolState<PoolRequest>
    var connections: [(connection: PipelineConnection, generation: UInt64)?]
    private var generation: UInt64 = 0
    private var attempts = 0
    var actions: [PoolState<PoolRequest>.Action] = []
    private var commands: [PoolCommand] = []
    var descriptors: [pollfd] = []
    /// The slots with something to flush at the end of the round.
    var unflushed: [Int] = []
    private(set) var isShutDown = false

    init(configuration: PoolConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        metrics = PoolMetrics(name: configuration.name)
        state = PoolState(limits: configuration.limits)
        connections = Array(repeating: nil, count: state.slots.count)
    }

    func start() {
        OSThread.start(name: "pg-\(configuration.name)") { self.run() }
    }

    private func run() {
        while !isShutDown {
            mailbox.take(into: &commands, beforeSleeping: false)
            if commands.isEmpty { mailbox.take(into: &commands, beforeSleeping: true) }
            let mayWait = commands.isEmpty
            if !mayWait {
                let now = Monotonic.now()
                for command in commands { handle(command, at: now) }
                flush(at: now)
                metrics.record(state)
            }
            wait(forever: mayWait)
        }
        for slot in connections.indices { lose(slot, at: Monotonic.now(), reason: .closed) }
        mailbox.close()
    }

    private func handle(_ command: PoolCommand, at now: UInt64) {
        guard !isShutDown else { return command.refuse() }
        switch command {
        case .submit(let batch):
            if let lease = batch.lease {
                guard let entry = connections[lease.slot], entry.generation == lease.connection else {
                    // Nothing of it was sent, and what went before was rolled back with the connection.
                    batch.waiter.finish(.failure(.unreachable))
                    return
                }
                state.slots[lease.slot].sent.append(now)
                send(.batch(batch, isRepeated: false), slot: lease.slot, at: now)
            } else {
                submit(.batch(batch, isRepeated: false), at: now)
            }
        case .lease(let request):
            submit(.lease(request), at: now)
        case .withdraw(let batch):
            state.withdraw { if case .batch(let waiting, _) = $0 { waiting === batch } else { false } }
        case .withdrawLease(let request):
            state.withdraw { if case .lease(let waiting) = $0 { waiting === request } else { false } }
        case .release(let lease, let isClean):
            guard let entry = connections[lease.slot], entry.generation == lease.connection else { break }
            if isClean, entry.connection.flights.isEmpty {
                state.released(slot: lease.slot, at: now, &actions)
            } else {
                entry.connection.cancelStatement()
                lose(lease.slot, at: now, reason: .cancelled, onPurpose: true)
            }
        case .connected(let slot, let handle):
            adopt(handle, slot: slot, at: now)
        case .connectFailed(let slot):
            state.connectFailed(slot: slot, at: now, jitter: .random(in: 0..<1), &actions)
        case .shutdown:
            isShutDown = true
            state.drain(.closed, &actions)
        }
        perform(at: now)
    }

    func perform(at now: UInt64) {
        while !actions.isEmpty {
            let due = actions
            actions.removeAll(keepingCapacity: true)
            for action in due {
                switch action {
                case .connect(let slot): connect(slot)
                case .send(let request, let slot): send(request, slot: slot, at: now)
                case .grant(let request, let slot): grant(request, slot: slot, at: now)
                case .refuse(let request, let error): request.refuse(error)
                }
            }
        }
    }

    private func connect(_ slot: Int) {
        attempts += 1
        let (attempt, connector, mailbox, logger) = (attempts, configuration.connector, mailbox, logger)
        OSThread.start(name: "pg-connect") {
            do throws(Connector.Failure) {
                mailbox.post(.connected(slot: slot, try connector.connect(attempt: attempt)))
            } catch {
                logger.warning("cannot connect to PostgreSQL", metadata: ["reason": "\(error.loggable)"])
                mailbox.post(.connectFailed(slot: slot))
            }
        }
    }

    private func adopt(_ handle: ConnectedHandle, slot: Int, at now: UInt64) {
        guard let pointer = handle.take(),
            let connection = PipelineConnection(
                taking: pointer, namesStatements: configuration.namesStatements, prelude: configuration.prelude)
        else { return state.connectFailed(slot: slot, at: now, jitter: .random(in: 0..<1), &actions) }
        generation += 1
        connections[slot] = (connection, generation)
        state.connected(slot: slot, at: now, &actions)
    }

    private func grant(_ request: PoolRequest, slot: Int, at now: UInt64) {
        guard case .lease(let lease) = request else { return }
        // The connection may have broken under another action of the same round.
        guard let entry = connections[slot] else { return submit(request, at: now) }
        let granted = Lease(slot: slot, connection: entry.generation, opening: lease.opening)
        if !lease.waiter.finish(.success(granted)) { state.released(slot: slot, at: now, &actions) }
    }

    func submit(_ request: PoolRequest, at now: UInt64) {
        guard !isShutDown else { return request.refuse(.closed) }
        state.submit(request, kind: request.kind, at: now, &actions)
    }

    func send(_ request: PoolRequest, slot: Int, at now: UInt64) {
        guard case .batch(let batch, let isRepeated) = request else { return }
        guard let entry = connections[slot] else { return submit(request, at: now) }
        if batch.waiter.isDone { return state.finished(slot: slot, at: now, &actions) }
        switch entry.connection.send(batch, at: now, isRepeated: isRepeated) {
        case .sent:
            markUnflushed(slot, entry.connection)
        case .broken:
            lose(slot, at: now, reason: .unreachable)
        case .refused:
            lose(slot, at: now, reason: .unreachable)
            if batch.lease == nil, !isRepeated {
                submit(.batch(batch, isRepeated: true), at: now)
            } else {
                batch.waiter.finish(.failure(.unreachable))
            }
        }
    }

    func markUnflushed(_ slot: Int, _ connection: PipelineConnection) {
        guard !connection.isUnflushed else { return }
        connection.isUnflushed = true
        unflushed.append(slot)
    }
}
