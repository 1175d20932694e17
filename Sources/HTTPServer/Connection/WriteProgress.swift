import NIOCore

/// Whether a client takes what is written to it. Pure: fed with what the channel still holds, at each look.
struct WriteProgress {
    private var queued: UInt64 = 0
    private var drained: UInt64 = 0
    private var lastProgress: NIODeadline
    /// Bytes wait for the client, as of the last look.
    private(set) var isPending = false

    init(now: NIODeadline) {
        lastProgress = now
    }

    mutating func queued(_ bytes: Int) {
        queued &+= UInt64(clamping: bytes)
    }

    /// Looks at the bytes that the channel has not handed to the system yet.
    mutating func observe(pending: Int, now: NIODeadline) {
        let pending = UInt64(clamping: pending)
        let nowDrained = queued >= pending ? queued - pending : 0
        if pending == 0 || nowDrained != drained || !isPending {
            lastProgress = now
        }
        drained = nowDrained
        isPending = pending > 0
    }

    func isStalled(now: NIODeadline, limit: TimeAmount) -> Bool {
        isPending && lastProgress + limit <= now
    }
}
