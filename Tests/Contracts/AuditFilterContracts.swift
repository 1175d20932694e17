import Core
import Persistence
import Testing

extension Contracts {
    static let auditFilters: [Contract] = [
        Contract("a log is read by who did what and when, whosever it is, in pages") { context async throws in
            let events = try await context.addEvents()
            let (ada, team) = (events[0].userID, events[0].teamID)
            let people: [Core.ID<User>?] = [nil, ada, context.makeID()]
            let times: [Timestamp?] = [nil, context.now, context.now + .microseconds(1)]
            var trails: [AuditTrail] = [.everything, .person(context.makeID())]
            if let ada { trails.append(.person(ada)) }
            if let team { trails.append(.team(team)) }
            for trail in trails {
                for (actor, action) in people.flatMap({ actor in [nil, "a.done", "b.done"].map { (actor, $0) } }) {
                    for (from, to) in times.flatMap({ from in times.map { (from, $0) } }) {
                        let filter = AuditFilter(actor: actor, action: action, from: from, to: to)
                        let expected = events.filter { trail.contains($0) && filter.matches($0) }
                        let page = PageRequest(limit: 100)
                        let found = try await context.system.auditLog.list(trail, matching: filter, page: page)
                        #expect(found.items == expected, "\(trail) \(filter)")
                    }
                }
            }
        },
        Contract("a filtered log is paged over equal times") { context async throws in
            let events = try await context.addEvents()
            let filter = AuditFilter(actor: events[0].userID, action: "a.done")
            let expected = events.filter(filter.matches)
            #expect(expected.count > 4)
            try await expectPages(of: expected) { page in
                try await context.system.auditLog.list(.everything, matching: filter, page: page)
            }
        },
        Contract("a filter lets nobody see more than their scope does") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let own = AuditEvent.sample(context, of: ada)
            try await context.system.auditLog.record(own)
            try await context.system.auditLog.record(.sample(context, of: grace))
            try await context.system.auditLog.record(.sample(context, of: nil))
            let seen = try await context.store(of: ada).auditLog
                .list(.everything, matching: .none, page: PageRequest())
            #expect(seen.items == [own])
            let others = try await context.store(of: ada).auditLog
                .list(.person(grace.id), matching: .none, page: PageRequest())
            #expect(others.items.isEmpty)
        },
    ]
}

extension ContractContext {
    /// Rows in the logs of a person, a team and nobody, by several, of two acts, around now and over equal times; latest
    /// first. The first is in the person's log and the team's, and by the person.
    fileprivate func addEvents() async throws -> [AuditEvent] {
        let (ada, grace) = (try await addUser(), try await addUser())
        let team = makeID(of: Team.self)
        var events: [AuditEvent] = []
        for time in crowdedTimes(around: now) {
            for action in ["a.done", "b.done"] {
                events.append(.sample(self, of: ada, action: action, createdAt: time))
                events.append(.sample(self, of: nil, action: action, createdAt: time))
                events.append(.sample(self, of: grace, team: team, action: action, createdAt: time))
            }
        }
        events.append(.sample(self, of: ada, team: team, action: "a.done", createdAt: now + .seconds(1)))
        for event in events { try await system.auditLog.record(event) }
        return events.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
    }
}
