import Core
import Persistence
import Testing

extension Contracts {
    static let auditSeals: [Contract] = [
        Contract("every event waits until it has its place in the chain it belongs to, the oldest first") {
            context async throws in
            let (user, team) = (try await context.addUser(), context.makeID(of: Team.self))
            var events: [AuditEvent] = []
            for seconds in [3, 1, 2] {
                let time = context.now + .seconds(seconds)
                events.append(.sample(context, of: user, createdAt: time))
                events.append(.sample(context, of: user, team: team, createdAt: time))
                events.append(.sample(context, of: nil, createdAt: time))
            }
            try await context.record(events)
            let seals = context.system.auditSeals
            #expect(try await seals.waiting(after: nil, limit: 100).count == 9)
            #expect(try await context.entries().isEmpty)
            #expect(try await context.seal() == 9)
            #expect(try await seals.waiting(after: nil, limit: 100).isEmpty)
            for chain in [AuditChain.system, .team(team), .user(user.id)] {
                let entries = try await context.entries(of: chain)
                #expect(entries.map(\.seal.sequence) == [1, 2, 3])
                #expect(entries.map(\.seal.eventCreatedAt) == [1, 2, 3].map { context.now + .seconds($0) })
                #expect(entries.allSatisfy { $0.seal.chain == chain && $0.head == entries.last?.seal.head })
            }
            #expect(try await context.verified().faults == [])
        },
        Contract("an event is kept as it was sealed, whatever is in it") { context async throws in
            let user = try await context.addUser()
            let event = AuditEvent(
                id: context.makeID(), action: "member.removed", actorID: context.makeID(),
                impersonatorID: context.makeID(), userID: user.id, teamID: context.makeID(), targetType: "member",
                targetID: "42", origin: RequestOrigin(ip: "203.0.113.7", userAgent: "curl/8 ✓", requestID: "r-1"),
                changes: [
                    "role": "owner", "": "", "e\u{301}": "\u{1F468}\u{200D}\u{1F469}", "q\"\\": "\n\u{1}\u{2028}",
                ],
                personal: ["name": "\u{65}\u{301}"], createdAt: context.now - .days(400))
            try await context.record([event])
            #expect(try await context.seal() == 1)
            let entry = try #require(try await context.entries().first)
            guard case .kept(let kept) = entry.content else { throw Abandoned() }
            #expect(kept.event == event && entry.seal.eventHash == AuditHashing.ofTests.event(event))
            #expect(kept.records.origin.salt?.count == 16 && kept.records.personal.salt?.count == 16)
            #expect(kept.records.origin.salt != kept.records.personal.salt)
            #expect(try await context.verified().faults == [])
        },
        Contract("what is sealed is not sealed again, and a chain goes on behind its head") { context async throws in
            let user = try await context.addUser()
            let events = (0..<7).map { AuditEvent.sample(context, of: user, createdAt: context.now + .seconds($0)) }
            try await context.record(events)
            var sealed: [Int?] = []
            for _ in 0..<4 { sealed.append(try await context.seal(limit: 3)) }
            #expect(sealed == [3, 3, 1, 0])
            // Later recorded, but earlier by its time.
            try await context.record([.sample(context, of: user, createdAt: context.now - .days(1))])
            #expect(try await context.seal(limit: 3) == 1)
            let seals = try await context.entries().map(\.seal)
            #expect(seals.map(\.sequence) == Array(1...8))
            #expect(seals.prefix(7).map(\.eventID) == events.map(\.id))
            #expect(try await context.verified().faults == [])
        },
        Contract("of many who seal while others record, each event gets one place, and no place is left out") {
            context async throws in
            let users = [try await context.addUser(), try await context.addUser()]
            let outcomes = await race(24) { number in
                guard number % 4 == 0 else {
                    let user = users[number % 2]
                    try await context.record([.telling(context, of: user), .sample(context, of: nil)])
                    return 0
                }
                return try await context.seal(limit: 5) ?? 0
            }
            var sealed = 0
            for outcome in outcomes { sealed += try outcome.get() }
            while let count = try await context.seal(limit: 5), count > 0 { sealed += count }
            #expect(sealed == 36)
            let seals = try await context.entries().map(\.seal)
            #expect(Set(seals.map(\.eventID)).count == 36)
            #expect(try await context.verified().faults == [])
        },
        Contract("a unit of work that is given up seals nothing, and its events wait on") { context async throws in
            try await context.record([.telling(context, of: try await context.addUser()), .sample(context, of: nil)])
            await #expect(throws: Abandoned()) { try await context.seal { _ in throw Abandoned() } }
            #expect(try await context.entries().isEmpty)
            #expect(try await context.system.auditSeals.heads(of: nil, after: nil, limit: 10).isEmpty)
            #expect(try await context.system.auditSeals.waiting(after: nil, limit: 10).count == 2)
            #expect(try await context.seal() == 2)
            #expect(try await context.verified().faults == [])
        },
        Contract("an event that was not committed does not wait") { context async throws in
            await #expect(throws: Abandoned()) {
                try await context.database.transaction(.system) { store in
                    try await store.auditLog.record(.sample(context, of: nil))
                    throw Abandoned()
                }
            }
            #expect(try await context.system.auditSeals.waiting(after: nil, limit: 10).isEmpty)
            #expect(try await context.seal() == 0)
        },
        Contract("an event has one place, and a place one event") { context async throws in
            try await context.record([.sample(context, of: nil), .sample(context, of: nil)])
            let seals = context.system.auditSeals
            let waiting = try #require(try await seals.takeWaiting(limit: 2)).events
            let sealing = AuditSealing(hashing: .ofTests, randomness: context.randomness)
            try await seals.append(sealing.seal([waiting[0]], after: []))
            let head = try #require(try await context.entries().first?.head)
            for (event, heads) in [(waiting[0], [head]), (waiting[1], [])] {
                await #expect(throws: DatabaseError.unexpected(code: "23505")) {
                    try await seals.append(sealing.seal([event], after: heads))
                }
            }
            #expect(try await context.seal() == 1)
            #expect(try await context.verified().faults == [])
        },
        Contract("what was erased of an event that is sealed leaves its chain whole, and no salt") {
            context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            try await context.record([
                .telling(context, of: ada), .telling(context, of: ada, by: grace),
                .telling(context, of: grace, by: ada),
                .telling(context, of: grace), .sample(context, of: ada),
            ])
            try await context.seal()
            let before = try await context.entries().map(\.seal)
            try await context.system.auditLog.erase(ada.id)
            #expect(try await context.entries().map(\.seal) == before)
            let (faults, erased) = try await context.verified()
            #expect(faults == [] && erased == 4)
            let erasedRecord = AuditPartRecord(isErased: true)
            for entry in try await context.entries() {
                guard case .kept(let kept) = entry.content else { throw Abandoned() }
                let (event, records) = (kept.event, kept.records)
                guard event.action == "user.updated" else { continue }
                #expect((records.origin == erasedRecord) == (event.actorID == ada.id))
                #expect((records.personal == erasedRecord) == (event.userID == ada.id))
                #expect((records.origin.salt == nil) == (event.actorID == ada.id))
                #expect((records.personal.salt == nil) == (event.userID == ada.id))
            }
        },
        Contract("what was erased before an event was sealed is sealed as erased, and what never was as none") {
            context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let events = [
                AuditEvent.telling(context, of: ada, by: grace), .telling(context, of: ada), .sample(context, of: ada),
            ]
            try await context.record(events)
            try await context.system.auditLog.erase(ada.id)
            try await context.seal()
            let entries = try await context.entries()
            let parts = Dictionary(uniqueKeysWithValues: entries.map { ($0.seal.eventID, $0.seal.parts) })
            #expect(parts[events[0].id]?.personal == .erased && parts[events[0].id]?.origin != .erased)
            #expect(parts[events[1].id] == AuditParts(both: .erased))
            #expect(parts[events[2].id] == AuditParts(both: .none))
            var (faults, erased) = try await context.verified()
            #expect(faults == [] && erased == 0)
            try await context.system.auditLog.erase(grace.id)
            (faults, erased) = try await context.verified()
            #expect(faults == [] && erased == 1)
        },
    ]
}
