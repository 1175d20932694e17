import Core
import Persistence
import Testing

extension AuditHashing {
    /// As long as SHA-256, and good enough to tell the few things of a test apart (FNV-1a).
    static let ofTests = AuditHashing { bytes in
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return (0..<4).flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: (hash &* (word + 1)) >> (8 * $0)) }
        }
    }
}

extension ContractContext {
    /// Seals a batch in a unit of work, before whose end `body` is run.
    /// - Returns: How many events were sealed; nil while somebody else seals.
    @discardableResult
    func seal(
        limit: Int = 100, _ body: @escaping @Sendable (any Store) async throws -> Void = { _ in }
    ) async throws -> Int? {
        let sealing = AuditSealing(hashing: .ofTests, randomness: randomness)
        return try await database.transaction(.system, repetition: .allowed) { store in
            guard let waiting = try await store.auditSeals.takeWaiting(limit: limit) else { return nil }
            try await store.auditSeals.append(sealing.seal(waiting.events, after: waiting.heads))
            try await body(store)
            return waiting.events.count
        }
    }

    /// Records events, each on its own.
    func record(_ events: [AuditEvent]) async throws {
        for event in events { try await system.auditLog.record(event) }
    }

    /// All seals, with what is there of their events.
    func entries(of chain: AuditChain? = nil) async throws -> [AuditEntry] {
        try await system.auditSeals.entries(of: chain, after: nil, limit: 1000)
    }

    /// What is wrong with the chains, and how many times something was erased.
    func verified() async throws -> (faults: [AuditFault.Kind], erased: Int) {
        var verification = AuditVerification(hashing: .ofTests)
        let faults = try await entries().flatMap { verification.check($0) } + verification.finish()
        return (faults.map(\.kind), verification.erasedParts)
    }
}

extension AuditEvent {
    /// One that tells from where and something of the person.
    static func telling(_ context: ContractContext, of user: User, by actor: User? = nil) -> AuditEvent {
        AuditEvent(
            id: context.makeID(), action: "user.updated", actorID: (actor ?? user).id, userID: user.id,
            targetType: "user", targetID: user.id.description,
            origin: RequestOrigin(ip: "203.0.113.7", userAgent: "curl/8 ✓", requestID: "r-1"),
            changes: ["é\"": "e\u{301}\n"], personal: ["first_name": "Ada"], createdAt: context.now)
    }
}
