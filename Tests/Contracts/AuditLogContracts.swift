import Core
import Persistence
import Testing

extension Contracts {
    static let auditLog: [Contract] = [
        Contract("an event is read as it was written") { context in
            let user = try await context.addUser()
            let full = AuditEvent(
                id: context.makeID(), action: "member.removed", actorID: context.makeID(),
                impersonatorID: context.makeID(), userID: user.id, teamID: context.makeID(), targetType: "member",
                targetID: "42", origin: RequestOrigin(ip: "203.0.113.7", userAgent: "curl/8 ✓", requestID: "r-1"),
                changes: [
                    "role": "owner", "": "", "e\u{301}": "\u{1F468}\u{200D}\u{1F469}",
                    "quote\"\\": "line\nbreak\u{1}\u{2028}",
                ], createdAt: context.now)
            try await context.system.auditLog.record(full)
            let empty = AuditEvent(
                id: context.makeID(), action: "user.created", actorID: nil, userID: user.id, targetType: "user",
                targetID: nil, origin: .none, createdAt: context.now - .microseconds(1))
            try await context.system.auditLog.record(empty)
            #expect(
                try await context.system.auditLog.list(ofUser: user.id, page: PageRequest()).items == [full, empty])
        },
        Contract("a person's log has that person's events, latest first, also over equal times") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            var expected: [AuditEvent] = []
            for time in crowdedTimes(around: context.now) + [context.now - .days(70), context.now + .days(70)] {
                expected.append(.sample(context, of: ada, createdAt: time))
            }
            for event in expected { try await context.system.auditLog.record(event) }
            try await context.system.auditLog.record(.sample(context, of: grace))
            try await context.system.auditLog.record(.sample(context, of: nil, team: context.makeID()))
            expected.sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
            try await expectPages(of: expected) { page in
                try await context.system.auditLog.list(ofUser: ada.id, page: page)
            }
            try await expectPages(of: []) { page in
                try await context.system.auditLog.list(ofUser: context.makeID(), page: page)
            }
        },
        Contract("an event added while someone pages is neither shown twice nor hides another") { context in
            let user = try await context.addUser()
            let events = (0..<4).map { AuditEvent.sample(context, of: user, createdAt: context.now - .seconds($0)) }
            for event in events { try await context.system.auditLog.record(event) }
            let first = try await context.system.auditLog.list(ofUser: user.id, page: PageRequest(limit: 2))
            try await context.system.auditLog.record(.sample(context, of: user, createdAt: context.now + .seconds(1)))
            let second = try await context.system.auditLog.list(
                ofUser: user.id, page: PageRequest(limit: 2, after: first.next))
            #expect(first.items + second.items == events)
            #expect(second.next == nil)
        },
        Contract("an event is written once") { context in
            let event = AuditEvent.sample(context, of: try await context.addUser())
            try await context.system.auditLog.record(event)
            await #expect(throws: DatabaseError.unexpected(code: "23505")) {
                try await context.system.auditLog.record(event)
            }
        },
        Contract("a log outlives whom it speaks of") { context in
            let nobody = try User.sample(context)
            let event = AuditEvent.sample(context, of: nobody)
            try await context.system.auditLog.record(event)
            #expect(try await context.system.auditLog.list(ofUser: nobody.id, page: PageRequest()).items == [event])
        },
    ]
}
