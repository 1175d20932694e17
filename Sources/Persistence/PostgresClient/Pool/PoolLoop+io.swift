#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension PoolLoop {
    func flush(at now: UInt64) {
        while let slot = unflushed.popFirst() {
            guard let entry = connections[slot] else { continue }
            if !entry.connection.flush() { lose(slot, at: now, error: .outcomeUnknown) }
        }
        perform(at: now)
    }

    func wait(forever: Bool) {
        descriptors.removeAll(keepingCapacity: true)
        descriptors.append(pollfd(fd: mailbox.pipe.readEnd, events: Int16(POLLIN), revents: 0))
        for entry in connections {
            let events = entry.map { $0.connection.wantsWrite ? POLLIN | POLLOUT : POLLIN } ?? 0
            descriptors.append(pollfd(fd: entry?.connection.descriptor ?? -1, events: Int16(events), revents: 0))
        }
        let ready = poll(&descriptors, nfds_t(descriptors.count), forever ? patience() : 0)
        if forever { mailbox.awake() }
        let now = Monotonic.now()
        if ready > 0 {
            if descriptors[0].revents != 0 { mailbox.pipe.drain() }
            for slot in connections.indices where descriptors[slot + 1].revents != 0 {
                receive(slot, wrote: descriptors[slot + 1].revents & Int16(POLLOUT) != 0, at: now)
            }
        }
        closeSilent(at: now)
        state.tick(at: now, &actions)
        perform(at: now)
        flush(at: now)
    }

    /// How long to sleep at most, in milliseconds.
    private func patience() -> Int32 {
        let now = Monotonic.now()
        var next = state.nextDeadline(after: now)
        for case let entry? in connections {
            guard let sentAt = entry.connection.flights.first?.sentAt else { continue }
            // A stalled connection that frees itself is noticed by its answer; this wakes only for silence.
            next = min(next ?? .max, sentAt &+ configuration.silence)
        }
        guard let next else { return -1 }
        return next <= now ? 0 : Int32(clamping: (next - now) / 1_000_000 + 1)
    }

    private func receive(_ slot: Int, wrote: Bool, at now: UInt64) {
        guard let entry = connections[slot] else { return }
        if wrote, !entry.connection.flush() { return lose(slot, at: now, error: .outcomeUnknown) }
        var completed: [Flight] = []
        let isAlive = entry.connection.receive(completed: { completed.append($0) }, notified: { _, _ in })
        for flight in completed { finish(flight, slot: slot, at: now) }
        if isAlive {
            unflushed.insert(slot)
        } else {
            lose(slot, at: now, error: .outcomeUnknown)
        }
    }

    private func finish(_ flight: Flight, slot: Int, at now: UInt64) {
        if case .server(let error) = flight.error, error.isStaleStatement, !flight.isRepeated, flight.batch.lease == nil,
            let entry = connections[slot]
        {
            for statement in flight.batch.statements { entry.connection.statements.forget(statement.key) }
            _ = state.slots[slot].sent.popFirst()
            state.slots[slot].sent.append(now)
            return send(.batch(flight.batch, isRepeated: true), slot: slot, at: now)
        }
        metrics.finished(after: now &- flight.sentAt, failed: flight.error != nil)
        flight.batch.waiter.finish(flight.error.map { .failure($0) } ?? .success(flight.results))
        state.finished(slot: slot, at: now, &actions)
    }

    /// Gives up connections that have not answered within any statement's time-out: the network swallowed something.
    private func closeSilent(at now: UInt64) {
        for (slot, entry) in connections.enumerated() {
            guard let sentAt = entry?.connection.flights.first?.sentAt, now &- sentAt > configuration.silence
            else { continue }
            lose(slot, at: now, error: .outcomeUnknown)
        }
    }

    /// Closes a connection. Reads on it are asked again elsewhere, everything else ends in `error`.
    func lose(_ slot: Int, at now: UInt64, error: PostgresError) {
        guard let entry = connections[slot] else { return }
        connections[slot] = nil
        unflushed.remove(slot)
        metrics.lost()
        state.lost(slot: slot, at: now, &actions)
        while let flight = entry.connection.flights.popFirst() {
            if case .server(let refusal) = flight.error, !refusal.endsSession {
                flight.batch.waiter.finish(.failure(.server(refusal)))
            } else if flight.batch.access != .write, flight.batch.lease == nil, !flight.isRepeated, !isShutDown {
                state.submit(.batch(flight.batch, isRepeated: true), kind: .read, at: now, &actions)
            } else {
                flight.batch.waiter.finish(.failure(error))
            }
        }
        perform(at: now)
    }
}
