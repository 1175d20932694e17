/// What is to be notified and when: at most one statement a channel in each interval. Times are nanoseconds of a
/// monotonic clock.
struct NotifyQueue {
    /// NAMEDATALEN - 1.
    private static let longestChannel = 63
    /// What `pg_notify` takes, in bytes.
    private static let longestPayload = 7999
    /// Between two statements that notify one channel.
    static let interval: UInt64 = 20_000_000
    /// Payloads of one channel that wait at most; the oldest go first.
    static let most = 256

    struct Message: Equatable {
        let channel: String
        let payload: String
    }

    private struct Channel {
        var payloads: [String] = []
        var notBefore: UInt64 = 0
    }

    private var channels: [String: Channel] = [:]

    static func isChannel(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= longestChannel && !name.utf8.contains(0)
    }

    static func isPayload(_ payload: String) -> Bool {
        payload.utf8.count <= longestPayload && !payload.utf8.contains(0)
    }

    mutating func add(_ message: Message) {
        var channel = channels.removeValue(forKey: message.channel) ?? Channel()
        if !channel.payloads.contains(message.payload) {
            channel.payloads.append(message.payload)
            if channel.payloads.count > Self.most { channel.payloads.removeFirst() }
        }
        channels[message.channel] = channel
    }

    /// Takes what may be sent now.
    mutating func takeDue(at now: UInt64) -> [Message] {
        var due: [Message] = []
        for (name, channel) in channels where channel.notBefore <= now {
            if channel.payloads.isEmpty {
                channels[name] = nil
            } else {
                due += channel.payloads.map { Message(channel: name, payload: $0) }
                channels[name] = Channel(notBefore: now &+ Self.interval)
            }
        }
        return due
    }

    /// When something may be sent that may not be yet; in the past when something may be sent now.
    var nextDue: UInt64? {
        channels.values.lazy.filter { !$0.payloads.isEmpty }.map(\.notBefore).min()
    }
}

extension SQL {
    /// One statement that notifies of all.
    static func notifying(_ messages: [NotifyQueue.Message]) -> SQL {
        """
        select count(pg_notify(channel, payload))
        from unnest(\(messages.map(\.channel)), \(messages.map(\.payload))) as message (channel, payload)
        """
    }
}
