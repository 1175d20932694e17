extension PoolState {
    /// Hands waiting requests to connections, oldest first within each queue, and connects where that would help.
    mutating func assign(at now: UInt64, _ actions: inout [Action]) {
        while let entry = reads.first, let slot = slotForRead(entry, at: now) {
            _ = reads.popFirst()
            slots[slot].sent.append(now)
            actions.append(.send(entry.request, slot: slot))
        }
        while let entry = exclusives.first, let slot = slotForExclusive(entry) {
            _ = exclusives.popFirst()
            if entry.kind == .lease {
                slots[slot].isLeased = true
                actions.append(.grant(entry.request, slot: slot))
            } else {
                slots[slot].sent.append(now)
                actions.append(.send(entry.request, slot: slot))
            }
        }
        connectMore(at: now, &actions)
    }

    /// The shared connection with the least to do that is not stuck; else one of the others, if it has nothing to do.
    private func slotForRead(_ entry: Waiting, at now: UInt64) -> Int? {
        var best: Int?
        for (index, slot) in slots.enumerated() where slot.phase == .ready && !slot.isLeased {
            switch slot.use {
            case .exclusive:
                continue
            case .both where exclusives.first.map({ $0.sequence < entry.sequence }) ?? false:
                continue  // its turn comes first, or a stream of reads would keep it out for ever
            case .shared, .both:
                guard slot.sent.count < limits.depth else { continue }
                if let oldest = slot.sent.first, now &- oldest > limits.stall { continue }
            }
            if slot.sent.count < best.map({ slots[$0].sent.count }) ?? .max { best = index }
        }
        if best == nil, exclusives.isEmpty {
            return slots.firstIndex { $0.use == .exclusive && $0.isIdle }
        }
        return best
    }

    private func slotForExclusive(_ entry: Waiting) -> Int? {
        slots.firstIndex { slot in
            guard slot.isIdle, slot.use != .shared else { return false }
            guard slot.use == .both, let read = reads.first else { return true }
            return entry.sequence < read.sequence
        }
    }

    private mutating func connectMore(at now: UInt64, _ actions: inout [Action]) {
        guard now >= backOff.notBefore else { return }
        if isUnreachable {
            // One connection finds out whether the server is back, asked for or not.
            guard !slots.contains(where: { $0.phase == .connecting }) else { return }
            return connect(slot: 0, &actions)
        }
        // A second read on one connection shows that one more shared connection would be used.
        let busy = slots.contains { $0.use != .exclusive && $0.sent.count > 1 }
        var wanted = (shared: reads.count + (busy ? 1 : 0), exclusive: exclusives.count)
        for index in slots.indices where slots[index].phase != .ready {
            switch slots[index].use {
            case .shared where wanted.shared > 0: wanted.shared -= 1
            case .exclusive where wanted.exclusive > 0: wanted.exclusive -= 1
            case .both where wanted.shared + wanted.exclusive > 0: break
            default: continue
            }
            if slots[index].phase == .empty { connect(slot: index, &actions) }
        }
    }

    private mutating func connect(slot: Int, _ actions: inout [Action]) {
        slots[slot].phase = .connecting
        actions.append(.connect(slot: slot))
    }
}
