import Core
import Persistence
import Testing

extension Contracts {
    static let auditSealReading: [Contract] = [
        Contract("seals, heads, events and what waits are walked page by page, whatever the page") {
            context async throws in
            let (user, team) = (try await context.addUser(), context.makeID(of: Team.self))
            var events: [AuditEvent] = []
            for time in crowdedTimes(around: context.now) {
                events.append(.sample(context, of: user, createdAt: time))
                events.append(.sample(context, of: user, team: team, createdAt: time))
                events.append(.sample(context, of: nil, createdAt: time))
            }
            try await context.record(events)
            try await context.seal(limit: 20)
            let seals = context.system.auditSeals
            let ordered = events.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            for chain in [AuditChain?.none, .system, .team(team), .user(user.id), .user(context.makeID())] {
                let ours = ordered.filter { chain == nil || AuditChain(of: $0) == chain }
                let all = try await context.entries(of: chain)
                #expect(all.map(\.seal.chain) == all.map(\.seal.chain).sorted())
                for limit in [1, 2, 7, 100] {
                    let entries = try await pages {
                        try await seals.entries(of: chain, after: $0?.seal.position, limit: limit)
                    }
                    #expect(entries == all)
                    #expect(entries.count == ours.count { ordered.prefix(20).contains($0) })
                    let heads = try await pages {
                        try await seals.heads(of: chain, after: $0?.head.chain, limit: limit)
                    }
                    #expect(heads.map(\.head.chain) == Set(ours.map(AuditChain.init(of:))).sorted())
                    #expect(heads.allSatisfy { $0.hasSeals })
                    let places = try await pages {
                        try await seals.whereabouts(
                            of: chain, after: $0.map { Cursor(time: $0.createdAt, id: $0.eventID) }, limit: limit)
                    }
                    #expect(places.map(\.eventID) == ours.map(\.id))
                    #expect(places.map(\.chain) == ours.map(AuditChain.init(of:)))
                    #expect(places.map(\.isSealed) == ours.map { ordered.prefix(20).contains($0) })
                    #expect(places.allSatisfy { $0.isWaiting != $0.isSealed })
                    let waiting = try await pages { try await seals.waiting(after: $0?.position, limit: limit) }
                    #expect(waiting.map(\.position) == ordered[20...].map { Cursor(time: $0.createdAt, id: $0.id) })
                    #expect(waiting.allSatisfy { $0.isThere })
                }
            }
        },
        Contract("the hash at a place is asked for again") { context async throws in
            let user = try await context.addUser()
            try await context.record([
                .sample(context, of: user), .sample(context, of: user), .sample(context, of: nil),
            ])
            try await context.seal()
            let seals = try await context.entries().map(\.seal)
            let unknown = AuditPosition(chain: .user(user.id), sequence: 3)
            let hashes = try await context.system.auditSeals.hashes(at: seals.map(\.position) + [unknown])
            #expect(hashes == Dictionary(uniqueKeysWithValues: seals.map { ($0.position, $0.hash) }))
            #expect(try await context.system.auditSeals.hashes(at: []).isEmpty)
        },
        Contract("only the system seals; people see their own chains, members that of the team") {
            context async throws in
            let (ada, grace, team) = (
                try await context.addUser(), try await context.addUser(), context.makeID(of: Team.self)
            )
            try await context.record([
                .sample(context, of: ada), .sample(context, of: grace), .sample(context, of: grace, team: team),
                .sample(context, of: nil),
            ])
            let waiting = try #require(try await context.system.auditSeals.takeWaiting(limit: 10))
            let new = AuditSealing(hashing: .ofTests, randomness: context.randomness).seal(waiting.events, after: [])
            for scope in [Scope.user(ada.id), .team(team, ada.id)] {
                let seals = context.database.scoped(scope).auditSeals
                for refused: () async throws -> Void in [
                    { _ = try await seals.takeWaiting(limit: 1) }, { try await seals.append(new) },
                    { _ = try await seals.waiting(after: nil, limit: 1) },
                    { _ = try await seals.whereabouts(of: nil, after: nil, limit: 1) },
                ] {
                    await #expect(throws: DatabaseError.unexpected(code: "42501")) { try await refused() }
                }
            }
            try await context.system.auditSeals.append(new)
            for (scope, chains) in [
                (Scope.user(ada.id), [AuditChain.user(ada.id)]), (.team(team, ada.id), [.team(team), .user(ada.id)]),
                (.team(context.makeID(), grace.id), [.user(grace.id)]),
            ] {
                let seals = context.database.scoped(scope).auditSeals
                #expect(try await seals.entries(of: nil, after: nil, limit: 10).map(\.seal.chain) == chains)
                #expect(try await seals.heads(of: nil, after: nil, limit: 10).map(\.head.chain) == chains)
                #expect(
                    Set(try await seals.hashes(at: new.map(\.seal.position)).keys.map(\.chain)) == Set(chains))
            }
        },
    ]
}

/// Everything, by pages that go on behind the last item until one is empty.
private func pages<Item>(_ fetch: (Item?) async throws -> [Item]) async throws -> [Item] {
    var gathered: [Item] = []
    while true {
        let page = try await fetch(gathered.last)
        if page.isEmpty { return gathered }
        gathered += page
    }
}
