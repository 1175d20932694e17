import Synchronization

/// Where commands wait for the I/O thread; a sender wakes it only when it sleeps.
final class Mailbox: Sendable {
    private struct Contents {
        var commands: [PoolCommand] = []
        var isClosed = false
    }

    let pipe = WakePipe()
    private let contents = Mutex(Contents())
    private let isAsleep = Atomic<Bool>(false)

    /// Hands a command over; one that comes after the end is refused.
    func post(_ command: PoolCommand) {
        let isClosed = contents.withLock { contents in
            if !contents.isClosed { contents.commands.append(command) }
            return contents.isClosed
        }
        if isClosed { return command.refuse() }
        if isAsleep.exchange(false, ordering: .sequentiallyConsistent) { pipe.wake() }
    }

    /// Takes all commands. With `beforeSleeping`, senders from now on wake the thread if there were none.
    func take(into taken: inout [PoolCommand], beforeSleeping: Bool) {
        taken.removeAll(keepingCapacity: true)
        if beforeSleeping { isAsleep.store(true, ordering: .sequentiallyConsistent) }
        contents.withLock { swap(&$0.commands, &taken) }
        if beforeSleeping, !taken.isEmpty { awake() }
    }

    func awake() {
        isAsleep.store(false, ordering: .sequentiallyConsistent)
    }

    /// Refuses all that is left, and all that will come.
    func close() {
        let rest = contents.withLock { contents in
            contents.isClosed = true
            defer { contents.commands = [] }
            return contents.commands
        }
        for command in rest { command.refuse() }
    }
}
