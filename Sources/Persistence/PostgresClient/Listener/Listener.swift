import CLibPQ
import Logging
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// One connection that listens and notifies, driven by a thread of its own from the first use on.
final class Listener: Sendable {
    /// Elements kept for a slow consumer.
    private static let bufferLength = 256
    /// How long a statement may take, in nanoseconds.
    private static let statementTimeout: UInt64 = 5_000_000_000
    /// How often a connection that says nothing is asked for a sign of life, in nanoseconds.
    private static let checkInterval: UInt64 = 15_000_000_000
    private static let firstBackOff: UInt64 = 50_000_000
    private static let longestBackOff: UInt64 = 2_000_000_000
    /// How long to sleep at most where there is no pipe to be woken by, in milliseconds.
    private static let blindPatience: Int32 = 10

    struct State {
        var subscriptions = Subscriptions()
        var queue = NotifyQueue()
        var isStarted = false
        var isClosed = false
    }

    private let connector: Connector
    private let logger: Logger
    private let pipe = WakePipe()
    private let state = Mutex(State())

    init(connector: Connector, logger: Logger) {
        self.connector = connector
        self.logger = logger
    }

    func subscribe(to channel: String) -> AsyncStream<PostgresNotification> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: PostgresNotification.self, bufferingPolicy: .bufferingNewest(Self.bufferLength))
        let identifier: UInt64? = state.withLock { state in
            guard !state.isClosed else { return nil }
            return state.subscriptions.add(continuation, to: channel)
        }
        guard let identifier else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.unsubscribe(identifier, from: channel) }
        wake()
        return stream
    }

    /// - Returns: False after the end.
    func notify(_ channel: String, payload: String) -> Bool {
        let isOpen = state.withLock { state in
            if !state.isClosed { state.queue.add(NotifyQueue.Message(channel: channel, payload: payload)) }
            return !state.isClosed
        }
        if isOpen { wake() }
        return isOpen
    }

    /// Ends all streams and the thread.
    func close() {
        let subscribers = state.withLock { state in
            state.isClosed = true
            return state.subscriptions.removeAll()
        }
        // Outside the lock: finishing calls back into it.
        for subscriber in subscribers { subscriber.finish() }
        pipe.wake()
    }

    private func unsubscribe(_ identifier: UInt64, from channel: String) {
        state.withLock { $0.subscriptions.remove(identifier, from: channel) }
        pipe.wake()
    }

    private func wake() {
        let isFirst = state.withLock { state in
            defer { state.isStarted = true }
            return !state.isStarted
        }
        if isFirst { OSThread.start(name: "pg-listen") { self.run() } } else { pipe.wake() }
    }

    private var isClosed: Bool { state.withLock(\.isClosed) }

    private func run() {
        var backOff = BackOff(first: Self.firstBackOff, longest: Self.longestBackOff)
        var attempts = 0
        while !isClosed {
            do throws(Connector.Failure) {
                attempts += 1
                let connection = try connector.connect(attempt: attempts)
                while !isClosed {
                    try work(on: connection)
                    backOff.succeeded()
                    try sleep(on: connection)
                }
            } catch {
                state.withLock { $0.subscriptions.lost() }
                logger.warning("not listening to PostgreSQL", metadata: ["reason": "\(error.loggable)"])
                backOff.failed(at: Monotonic.now(), jitter: .random(in: 0..<1))
                pause(until: backOff.notBefore)
            }
        }
    }

    /// Does all there is to do.
    private func work(on connection: ConnectedHandle) throws(Connector.Failure) {
        let (changes, messages) = state.withLock { ($0.subscriptions.changes, $0.queue.takeDue(at: Monotonic.now())) }
        for channel in changes.unlisten {
            try run("unlisten \(unescaped: quoted(channel))", on: connection)
            state.withLock { $0.subscriptions.didUnlisten(from: channel) }
        }
        for channel in changes.listen {
            try run("listen \(unescaped: quoted(channel))", on: connection)
            state.withLock { $0.subscriptions.didListen(to: channel) }
        }
        if !messages.isEmpty {
            do throws(Connector.Failure) {
                try run(.notifying(messages), on: connection)
            } catch {
                // It may have been sent: one more hint does no harm.
                state.withLock { state in for message in messages { state.queue.add(message) } }
                throw error
            }
        }
        deliver(from: connection)
    }

    private func run(_ statement: SQL, on connection: ConnectedHandle) throws(Connector.Failure) {
        try connection.run(statement, until: Monotonic.now() &+ Self.statementTimeout)
    }

    private func deliver(from connection: ConnectedHandle) {
        while let notification = PQnotifies(connection.pointer) {
            let channel = String(cString: notification.pointee.relname)
            let payload = String(cString: notification.pointee.extra)
            PQfreemem(notification)
            state.withLock { $0.subscriptions.deliver(.received(payload: payload), to: channel) }
        }
    }

    /// Waits until there may be something to do.
    private func sleep(on connection: ConnectedHandle) throws(Connector.Failure) {
        let check = Monotonic.now() &+ Self.checkInterval
        let due = state.withLock(\.queue.nextDue) ?? .max
        var descriptors = [
            pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: PQsocket(connection.pointer), events: Int16(POLLIN), revents: 0),
        ]
        let ready = poll(&descriptors, nfds_t(descriptors.count), patience(until: min(check, due)))
        if descriptors[0].revents != 0 { pipe.drain() }
        if descriptors[1].revents != 0 {
            guard PQconsumeInput(connection.pointer) == 1 else { throw .refused(connection.message) }
        } else if ready == 0, Monotonic.now() >= check {
            try run("select 1", on: connection)
        }
        deliver(from: connection)
    }

    /// Waits for the time, or the end.
    private func pause(until time: UInt64) {
        while !isClosed, Monotonic.now() < time {
            var descriptor = pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0)
            if poll(&descriptor, 1, patience(until: time)) > 0 { pipe.drain() }
        }
    }

    private func patience(until time: UInt64) -> Int32 {
        let now = Monotonic.now()
        let wait = time <= now ? 0 : Int32(clamping: (time - now) / 1_000_000 + 1)
        return pipe.isBroken ? min(wait, Self.blindPatience) : wait
    }

    private func quoted(_ channel: String) -> String {
        LocalCluster.AdminConnection.identifier(channel)
    }
}
