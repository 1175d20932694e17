public import Core
public import Persistence

/// Walks the chains of the audit log and holds them to what is there: a page at a time, beside whatever is recorded,
/// sealed and erased meanwhile.
public struct AuditVerifier: Sendable {
    /// Rows read at a time.
    static let pageSize = 500

    private let database: any Database

    public init(database: any Database) {
        self.database = database
    }

    /// - Parameters:
    ///   - chain: Only this one; nil for all, and for whatever is in none.
    ///   - fault: Called with everything that is wrong, as it is found.
    ///   - head: Called with the end of every chain.
    public func verify(
        _ chain: AuditChain? = nil, fault: (AuditFault) -> Void, head: (AuditHead) -> Void = { _ in }
    ) async throws -> AuditReport {
        var faults = 0
        func found(_ more: [AuditFault]) {
            faults += more.count
            more.forEach(fault)
        }
        let walked = try await walkChains(chain, found)
        try await walkHeads(chain, head, found)
        let waiting = try await walkEvents(chain, found)
        if chain == nil { try await walkWaiting(found) }
        return AuditReport(
            chains: walked.chains, events: walked.events, erasedParts: walked.erasedParts, waiting: waiting,
            faults: faults)
    }

    /// Holds chains to heads that were noted when they were at their ends.
    public func compare(_ noted: [AuditHead], fault: (AuditFault) -> Void) async throws -> Int {
        var faults = 0
        var rest = noted[...]
        while !rest.isEmpty {
            let page = rest.prefix(Self.pageSize)
            rest = rest.dropFirst(page.count)
            let hashes = try await repository.hashes(
                at: page.map { AuditPosition(chain: $0.chain, sequence: $0.sequence) })
            for head in page where hashes[AuditPosition(chain: head.chain, sequence: head.sequence)] != head.hash {
                faults += 1
                fault(AuditFault(.differsFromNoted, chain: head.chain, sequence: head.sequence))
            }
        }
        return faults
    }

    private var repository: any AuditSealRepository { database.scoped(.system).auditSeals }

    private func walkChains(
        _ chain: AuditChain?, _ found: ([AuditFault]) -> Void
    ) async throws -> AuditVerification {
        var verification = AuditVerification(hashing: .sha256)
        var last: AuditPosition?
        while true {
            try Task.checkCancellation()
            let entries = try await repository.entries(of: chain, after: last, limit: Self.pageSize)
            for entry in entries { found(verification.check(entry)) }
            guard let end = entries.last else { break }
            last = end.seal.position
        }
        found(verification.finish())
        return verification
    }

    /// A chain that lost all its seals is known by its head only.
    private func walkHeads(
        _ chain: AuditChain?, _ show: (AuditHead) -> Void, _ found: ([AuditFault]) -> Void
    ) async throws {
        var last: AuditChain?
        while true {
            try Task.checkCancellation()
            let heads = try await repository.heads(of: chain, after: last, limit: Self.pageSize)
            for (head, hasSeals) in heads {
                show(head)
                if !hasSeals { found([AuditFault(.tailCut(head.sequence), chain: head.chain, sequence: 0)]) }
            }
            guard let end = heads.last else { return }
            last = end.head.chain
        }
    }

    /// - Returns: How many events wait.
    private func walkEvents(_ chain: AuditChain?, _ found: ([AuditFault]) -> Void) async throws -> Int {
        var last: Cursor?
        var waiting = 0
        while true {
            try Task.checkCancellation()
            let events = try await repository.whereabouts(of: chain, after: last, limit: Self.pageSize)
            waiting += events.count { $0.isWaiting && !$0.isSealed }
            found(
                events.filter { !$0.isSealed && !$0.isWaiting }
                    .map { AuditFault(.unsealed, chain: $0.chain, eventID: $0.eventID) })
            guard let end = events.last else { return waiting }
            last = Cursor(time: end.createdAt, id: end.eventID)
        }
    }

    private func walkWaiting(_ found: ([AuditFault]) -> Void) async throws {
        var last: Cursor?
        while true {
            try Task.checkCancellation()
            let waiting = try await repository.waiting(after: last, limit: Self.pageSize)
            found(
                waiting.filter { !$0.isThere }
                    .map { AuditFault(.waitingEventMissing, chain: nil, eventID: $0.position.id()) })
            guard let end = waiting.last else { return }
            last = end.position
        }
    }
}

/// What a verification saw.
public struct AuditReport: Sendable, Equatable {
    public var chains: Int
    /// Places in them.
    public var events: Int
    /// How many times what an event told of somebody was erased after it was sealed.
    public var erasedParts: Int
    /// Events that wait to be sealed.
    public var waiting: Int
    public var faults: Int

    public init(chains: Int = 0, events: Int = 0, erasedParts: Int = 0, waiting: Int = 0, faults: Int = 0) {
        self.chains = chains
        self.events = events
        self.erasedParts = erasedParts
        self.waiting = waiting
        self.faults = faults
    }
}
