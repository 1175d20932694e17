/// Who listens to which channel, and which channels the connection listens to.
struct Subscriptions {
    typealias Continuation = AsyncStream<PostgresNotification>.Continuation

    private var subscribers: [String: [UInt64: Continuation]] = [:]
    private var listened: Set<String> = []
    private var made: UInt64 = 0

    var isEmpty: Bool { subscribers.isEmpty }

    /// - Returns: What to pass to ``remove(_:from:)``.
    mutating func add(_ continuation: Continuation, to channel: String) -> UInt64 {
        made &+= 1
        subscribers[channel, default: [:]][made] = continuation
        if listened.contains(channel) { continuation.yield(.listening) }
        return made
    }

    mutating func remove(_ identifier: UInt64, from channel: String) {
        subscribers[channel]?[identifier] = nil
        if subscribers[channel]?.isEmpty == true { subscribers[channel] = nil }
    }

    /// The channels that the connection has yet to listen to, and those that nobody wants any more.
    var changes: (listen: Set<String>, unlisten: Set<String>) {
        let wanted = Set(subscribers.keys)
        return (wanted.subtracting(listened), listened.subtracting(wanted))
    }

    /// The connection listens to the channel now.
    mutating func didListen(to channel: String) {
        listened.insert(channel)
        deliver(.listening, to: channel)
    }

    mutating func didUnlisten(from channel: String) {
        listened.remove(channel)
    }

    /// The connection is gone.
    mutating func lost() {
        listened = []
    }

    func deliver(_ notification: PostgresNotification, to channel: String) {
        for continuation in (subscribers[channel] ?? [:]).values { continuation.yield(notification) }
    }

    /// Forgets everybody.
    /// - Returns: Whom to tell that it is over.
    mutating func removeAll() -> [Continuation] {
        defer { self = Subscriptions() }
        return subscribers.values.flatMap(\.values)
    }
}
