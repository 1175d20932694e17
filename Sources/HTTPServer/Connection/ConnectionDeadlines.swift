import NIOCore

/// What a connection waits for and until when. Pure: the caller brings the time and acts on what has expired.
///
/// Nothing here schedules anything. Beginning and ending a request only stores the time; one timer per connection
/// looks at it now and then.
struct ConnectionDeadlines {
    enum Expiry: Equatable {
        /// No complete request head within the deadline; `began` tells whether any byte of it came.
        case head(began: Bool)
        /// Kept alive and unused, or closing and never flushed.
        case idle
        case body
        case request
        /// The client has closed its side and the grace is over.
        case disconnected
        /// The last response was sent and the client did not close.
        case discard
    }

    private enum Stage {
        case firstHead(began: Bool)
        case idle
        case nextHead
        case body
        case response
        case stream
        case flushing
        case discarding
    }

    private let times: ConnectionTimes
    private var stage = Stage.firstHead(began: false)
    private var since: NIODeadline
    private var isStream = false
    private var disconnectedAt: NIODeadline?

    init(times: ConnectionTimes, now: NIODeadline) {
        self.times = times
        since = now
    }

    /// Bytes came in. Reads the clock only when they begin a new head.
    mutating func bytesArrived(now: @autoclosure () -> NIODeadline) {
        switch stage {
        case .idle:
            stage = .nextHead
            since = now()
        case .firstHead(began: false):
            stage = .firstHead(began: true)
        default:
            break
        }
    }

    mutating func requestBegan(now: NIODeadline) {
        stage = .body
        since = now
        isStream = false
    }

    mutating func requestEnded() {
        guard case .body = stage else { return }
        stage = isStream ? .stream : .response
    }

    /// The response goes on for as long as it likes; a body still being read keeps its deadline.
    mutating func streamBegan() {
        isStream = true
        if case .response = stage { stage = .stream }
    }

    mutating func responseEnded(now: NIODeadline) {
        stage = .idle
        since = now
        isStream = false
    }

    mutating func clientClosed(now: NIODeadline) {
        disconnectedAt = disconnectedAt ?? now
    }

    /// The handler was told of the disconnection; there is nothing more to say.
    mutating func disconnectionHandled() {
        disconnectedAt = nil
    }

    mutating func flushingBegan(now: NIODeadline) {
        stage = .flushing
        since = now
        disconnectedAt = nil
    }

    /// The client is still reading what it was sent: the wait begins anew.
    mutating func prolong(now: NIODeadline) {
        since = now
    }

    mutating func discardingBegan(now: NIODeadline) {
        stage = .discarding
        since = now
    }

    /// When something expires next, if nothing else happens.
    var next: NIODeadline? {
        guard let disconnectedAt else { return own }
        let grace = disconnectedAt + times.disconnectGrace
        return own.map { min($0, grace) } ?? grace
    }

    func expired(now: NIODeadline) -> Expiry? {
        if let own, own <= now { return expiry }
        if let disconnectedAt, disconnectedAt + times.disconnectGrace <= now { return .disconnected }
        return nil
    }

    private var own: NIODeadline? {
        switch stage {
        case .firstHead, .nextHead: since + times.header
        case .idle, .flushing: since + times.idle
        case .body: since + times.body
        case .response: since + times.request
        case .stream: nil
        case .discarding: since + times.discard
        }
    }

    private var expiry: Expiry? {
        switch stage {
        case .firstHead(let began): .head(began: began)
        case .nextHead: .head(began: true)
        case .idle, .flushing: .idle
        case .body: .body
        case .response: .request
        case .stream: nil
        case .discarding: .discard
        }
    }
}
