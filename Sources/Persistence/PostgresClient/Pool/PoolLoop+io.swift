#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension PoolLoop {
    func flush(at now: UInt64) {
        while let slot = unflushed.popLast() {
            guard let connection = connections[slot]?.connection, connection.isUnflushed else { continue }
            connection.isUnflushed = false
            if !connection.flush() {
                lose(slot, at: now, reason: .unreachable)
            } else if connection.hasBuffered {
                receive(slot, wrote: false, at: now)
            }
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
        for case let entry? in connections where entry.connection.owesAnswer {
            // A stalled connection that frees itself is noticed by its answer; this wakes only for silence.
            next = min(next ?? .max, entry.connection.quietSince &+ configuration.silence)
        }
        let longest: Int32 = mailbox.pipe.isBroken ? Self.blindPatience : -1
        guard let next else { return longest }
        let wait = next <= now ? 0 : Int32(clamping: (next - now) / 1_000_000 + 1)
        return longest < 0 ? wait : min(wait, longest)
    }

    /// How often to look for commands where there is no pipe to be woken by, in milliseconds.
    private static var blindPatience: Int32 { 10 }

    private func receive(_ slot: Int, wrote: Bool, at now: UInt64) {
        guard let connection = connections[slot]?.connection else { return }
        if wrote, !connection.flush() { return lose(slot, at: now, reason: .unreachable) }
        connection.heard(at: now)
        if connection.receive(completed: { finish($0, slot: slot, at: now) }) {
            if connections[slot]?.connection === connection { markUnflushed(slot, connection) }
        } else if connections[slot]?.connection === connection {
            lose(slot, at: now, reason: .unreachable)
        }
    }

    private func finish(_ flight: Flight, slot: Int, at now: UInt64) {
        if case .server(let error) = flight.error, error.isStaleStatement, !flight.isRepeated,
            let connection = connections[slot]?.connection
        {
            // After 26000 one name is gone and the others probably are; after 0A000 a plan is out of date, or something
            // is truly not supported.
            if error.isUnknownStatement {
                connection.statements.forgetAll()
            } else {
                for statement in flight.batch.statements { connection.statements.replace(statement.key) }
            }
            if flight.batch.lease == nil {
                _ = state.slots[slot].sent.popFirst()
                state.slots[slot].sent.append(now)
                return send(.batch(flight.batch, isRepeated: true), slot: slot, at: now)
            }
        }
        if flight.isAborted {
            flight.batch.setAlone()
            _ = state.slots[slot].sent.popFirst()
            state.slots[slot].sent.append(now)
            return send(.batch(flight.batch, isRepeated: false), slot: slot, at: now)
        }
        metrics.finished(after: now &- flight.sentAt, failed: flight.error != nil)
        flight.batch.waiter.finish(flight.error.map { .failure($0) } ?? .success(flight.results))
        state.finished(slot: slot, at: now, &actions)
    }

    /// Gives up connections that have not answered within any statement's time-out: the network swallowed something.
    private func closeSilent(at now: UInt64) {
        for (slot, entry) in connections.enumerated() {
            guard let connection = entry?.connection, connection.owesAnswer,
                now > connection.quietSince, now - connection.quietSince > configuration.silence
            else { continue }
            lose(slot, at: now, reason: .unreachable)
        }
    }

    /// Closes a connection. Reads on it are asked again elsewhere; what may have taken effect ends in
    /// ``PostgresError/outcomeUnknown``, everything else in `reason`.
    func lose(_ slot: Int, at now: UInt64, reason: PostgresError, onPurpose: Bool = false) {
        guard let connection = connections[slot]?.connection else { return }
        connections[slot] = nil
        metrics.lost()
        state.lost(slot: slot, at: now, jitter: onPurpose ? nil : .random(in: 0..<1), &actions)
        while let flight = connection.flights.popFirst() {
            let batch = flight.batch
            if let error = flight.error, !flight.isSessionOver, case .server = error {
                batch.waiter.finish(.failure(error))
            } else if batch.access != .write, batch.lease == nil, !flight.isRepeated, !isShutDown {
                submit(.batch(batch, isRepeated: true), at: now)
            } else {
                batch.waiter.finish(.failure(batch.mayHaveTakenEffect ? .outcomeUnknown : reason))
            }
        }
        perform(at: now)
    }
}
