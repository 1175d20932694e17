import Core
import Persistence
import Testing

extension Contracts {
    static let overviews: [Contract] = [
        Contract("accounts are listed latest first, also over equal times, but for those whose data is due to go") {
            context async throws in
            var users: [User] = []
            for time in crowdedTimes(around: context.now) {
                users.append(try await context.add(try .sample(context, createdAt: time)))
            }
            users.sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
            let leaving = users[2]
            users[2] = try await context.change(leaving) { user in
                (user.deletedAt, user.purgeAt) = (context.now, context.now + .days(14))
            }
            let time = context.now
            try await expectPages(of: users) { page in
                try await context.system.users.list(matching: UserFilter(), at: time, page: page).map(\.user)
            }
            let later = time + .days(14)
            users.remove(at: 2)
            for isPurged in [false, true] {
                if isPurged { #expect(try await context.system.users.purge(leaving.id, at: later)) }
                let all = PageRequest(limit: 100)
                let left = try await context.system.users.list(matching: UserFilter(), at: later, page: all)
                #expect(left.items.map(\.user) == users)
                #expect(try await context.system.users.overview(of: leaving.id, at: later) == nil)
            }
            #expect(try await context.system.users.overview(of: context.makeID(), at: later) == nil)
        },
        Contract("accounts are listed by what they are in") { context async throws in
            let open = try await context.addUser()
            let (suspended, leaving, both) = (
                try await context.addUser(), try await context.addUser(), try await context.addUser()
            )
            for user in [suspended, both] { _ = try await context.change(user) { $0.suspendedAt = context.now } }
            for user in [leaving, both] {
                let user = try #require(try await context.system.users.find(user.id))
                _ = try await context.change(user) { changed in
                    (changed.deletedAt, changed.purgeAt) = (context.now, context.now + .days(14))
                }
            }
            let expected: [(AccountStatus, Set<Core.ID<User>>)] = [
                (.active, [open.id]), (.suspended, [suspended.id, both.id]), (.pendingDeletion, [leaving.id, both.id]),
            ]
            for (status, ids) in expected {
                let found = try await context.system.users.list(
                    matching: UserFilter(status: status), at: context.now, page: PageRequest())
                #expect(Set(found.items.map(\.user.id)) == ids, "\(status)")
                let byAddress = try await context.system.users.list(
                    matching: UserFilter(email: EmailPrefix("0"), status: status), at: context.now,
                    page: PageRequest())
                #expect(Set(byAddress.items.map(\.user.id)) == ids, "\(status)")
            }
        },
        Contract("accounts are listed by the beginning of their address, in the order of its bytes, in pages") {
            context async throws in
            let addresses = [
                "ada@example.org", "Ada.L@example.org", "adam@example.org", "ad\u{E4}@example.org",
                "ada_x@example.org", "ada%@example.org", "bob@example.org", "z@b\u{FC}cher.example",
                "\u{E9}ve@example.org",
            ]
            var users: [User] = []
            for address in addresses { users.append(try await context.add(try .sample(context, email: address))) }
            let prefixes = [
                "ada", "ADA@", "ad", "ada%", "ada_", "ada@example.org", "  bob ", "z@b\u{FC}cher.example",
                "Z@xn--b", "E\u{301}V", "nobody", "%", "_",
            ]
            for text in prefixes {
                let prefix = try #require(EmailPrefix(text))
                let expected = users.filter { $0.email.key.utf8.starts(with: prefix.key.utf8) }
                    .sorted { $0.email.key.utf8.lexicographicallyPrecedes($1.email.key.utf8) }
                try await expectPages(of: expected) { page in
                    try await context.system.users.list(
                        matching: UserFilter(email: prefix), at: context.now, page: page
                    )
                    .map(\.user)
                }
            }
            let all = try #require(EmailPrefix("ADA"))
            #expect(
                try await context.system.users.list(
                    matching: UserFilter(email: all), at: context.now, page: PageRequest()
                )
                .items.count == 5)
            let away = Cursor(time: context.now, id: context.makeID(of: User.self))
            let beyond = try await context.system.users.list(
                matching: UserFilter(email: all), at: context.now, page: PageRequest(after: away))
            #expect(beyond.items.isEmpty)
        },
        Contract("an overview says when a person was seen last, not when somebody acted in their name") {
            context async throws in
            let (ada, root) = (try await context.addUser(), try await context.addUser())
            #expect(try await context.overview(of: ada).lastSeenAt == nil)
            let (used, _) = try await context.addSession(of: ada, createdAt: context.now - .days(9))
            _ = try await context.addSession(of: ada, createdAt: context.now - .days(8))
            _ = try await context.addSession(of: ada, by: root, createdAt: context.now)
            _ = try await context.addSession(of: root, createdAt: context.now)
            #expect(try await context.overview(of: ada).lastSeenAt == context.now - .days(8))
            try await context.system.sessions.touch(used.id, at: context.now - .days(1), interval: .minutes(5))
            #expect(try await context.overview(of: ada).lastSeenAt == context.now - .days(1))
            _ = try await context.system.sessions.revoke(used.id, of: ada.id, reason: .signedOut, at: context.now)
            #expect(try await context.overview(of: ada).lastSeenAt == context.now - .days(1))
        },
        Contract("an overview says why an account is suspended, by the row of this suspension") {
            context async throws in
            let user = try await context.addUser()
            try await context.note("before", of: user, at: context.now - .days(1))
            try await context.note("another act", of: user, at: context.now, action: "user.updated")
            try await context.note("this", of: user, at: context.now)
            #expect(try await context.overview(of: user).suspensionReason == nil)
            let suspended = try await context.change(user) { $0.suspendedAt = context.now }
            #expect(try await context.overview(of: user).suspensionReason == "this")
            _ = try await context.change(suspended) { $0.suspendedAt = context.now + .seconds(1) }
            #expect(try await context.overview(of: user).suspensionReason == nil)
        },
        Contract("counts say how the installation stands") { context async throws in
            let users = context.system.users
            var people: [User] = []
            for days in [0, 3, 20, 40] as [Int64] {
                let user = try await context.addUser()
                people.append(user)
                _ = try await context.addSession(of: user, createdAt: context.now - .days(days) - .hours(1))
                _ = try await context.addSession(of: user, createdAt: context.now - .days(days) - .hours(2))
            }
            let never = try await context.addUser()
            _ = try await context.addSession(of: never, by: people[0], createdAt: context.now)
            let gone = try await context.change(try await context.addUser()) { user in
                (user.deletedAt, user.purgeAt, user.suspendedAt) = (context.now, context.now, context.now)
            }
            #expect(try await users.purge(gone.id, at: context.now))
            _ = try await context.change(people[1]) { $0.suspendedAt = context.now }
            for index in [2, 3] {
                _ = try await context.change(people[index]) { user in
                    (user.deletedAt, user.purgeAt) = (context.now, context.now + .days(14))
                }
            }
            for _ in 0..<3 { try await context.system.jobs.enqueue(.sample(context)) }
            let cancelled = Job.sample(context)
            try await context.system.jobs.enqueue(cancelled)
            #expect(try await context.system.jobs.cancel(cancelled.id, at: context.now))
            #expect(
                try await context.system.statistics.counts(at: context.now)
                    == InstallationCounts(
                        accounts: 5, seenWithinDay: 1, seenWithinWeek: 2, seenWithinMonth: 3, isEstimate: false,
                        suspended: 1, pendingDeletion: 2, waitingJobs: 3, parkedJobs: 0))
        },
    ]
}

extension ContractContext {
    fileprivate func add(_ user: User) async throws -> User {
        try await system.users.insert(user, passwordHash: nil)
        return user
    }

    fileprivate func overview(of user: User) async throws -> AccountOverview {
        try #require(try await system.users.overview(of: user.id, at: now))
    }

    /// Records that an administrator did something for a reason.
    fileprivate func note(
        _ reason: String, of user: User, at time: Timestamp, action: String = AuditEvent.suspension
    ) async throws {
        try await system.auditLog.record(
            AuditEvent(
                id: makeID(), action: action, actorID: makeID(), userID: user.id, targetType: "user",
                targetID: user.id.description, origin: .none, personal: ["reason": reason], createdAt: time))
    }

    fileprivate func change(_ user: User, _ change: (inout User) -> Void) async throws -> User {
        var user = user
        change(&user)
        return try await system.users.update(user)
    }
}
