/// What a subscriber of a channel gets.
public enum PostgresNotification: Sendable, Equatable {
    /// From here on nothing is missed. The first element, and again after every loss of the connection: what was sent
    /// before may have been missed, so look for it.
    case listening
    /// Someone notified the channel, maybe this client itself.
    case received(payload: String)
}

extension PostgresClient {
    /// Listens to a channel until the consumer stops or the client is shut down, which ends the stream.
    ///
    /// All channels share one connection on the direct URL, opened when first needed and opened again, with back-off,
    /// when lost; see ``PostgresNotification/listening``. The stream keeps the newest 256 elements for a consumer that is
    /// slow, so a notification is a hint to look and not a record. Behind a transaction pooler without a
    /// ``PostgresConfiguration/directURL`` nobody can listen: the stream ends at once, and polling has to do.
    /// - Parameter channel: 1 to 63 bytes; upper and lower case are different.
    /// - Throws: ``PostgresError/invalidParameter`` for a name that is no channel's.
    public func notifications(on channel: String) throws(PostgresError) -> AsyncStream<PostgresNotification> {
        guard NotifyQueue.isChannel(channel) else { throw .invalidParameter }
        guard configuration.directURL != nil || !configuration.isBehindTransactionPooler else {
            return AsyncStream { $0.finish() }
        }
        return listener.subscribe(to: channel)
    }

    /// Notifies a channel soon, on a connection outside all transactions.
    ///
    /// A channel is notified at most once every 20 ms, since the commit of a NOTIFY serialises commits: the first payload
    /// goes at once, what comes within the 20 ms goes together at their end, each distinct payload once, the newest 256.
    /// While the server can't be reached they wait. There is no promise that a notification arrives.
    /// Inside a transaction's body it would arrive before the commit: call it afterwards.
    /// - Parameters:
    ///   - channel: 1 to 63 bytes.
    ///   - payload: Fewer than 8000 bytes, without NUL.
    /// - Throws: ``PostgresError/invalidParameter``; ``PostgresError/closed`` after a shut-down.
    public func notify(_ channel: String, payload: String = "") throws(PostgresError) {
        guard NotifyQueue.isChannel(channel), NotifyQueue.isPayload(payload) else { throw .invalidParameter }
        guard listener.notify(channel, payload: payload) else { throw .closed }
    }
}
