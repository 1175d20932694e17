import Core
import Persistence
import Testing

extension Contracts {
    static let notifications: [Contract] = [
        Contract("a notification is read as it was added, latest first") { context async throws in
            let user = try await inserted(context)
            var all: [UserNotification] = []
            for time in crowdedTimes(around: context.now) { all.append(notification(context, to: user, at: time)) }
            all.append(notification(context, to: user, path: nil, at: context.now + .hours(1)))
            for notification in all { try await context.system.notifications.insert(notification) }
            all.sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
            try await expectPages(of: all) { page in
                try await context.store(of: user).notifications.list(of: user.id, page: page)
            }
        },
        Contract("those after an id come in the order of ids, so many at most") { context async throws in
            let user = try await inserted(context)
            let all = (0..<5).map { notification(context, to: user, at: context.now + .seconds($0)) }
            for notification in all.reversed() { try await context.system.notifications.insert(notification) }
            let store = context.store(of: user).notifications
            #expect(try await store.list(of: user.id, after: all[1].id, limit: 2) == Array(all[2...3]))
            #expect(try await store.list(of: user.id, after: all[4].id, limit: 2).isEmpty)
            #expect(try await store.list(of: user.id, after: .least(at: context.now), limit: 9).count == 5)
        },
        Contract("what is read is counted no more, and keeps its first time") { context async throws in
            let user = try await inserted(context)
            let all = (0..<3).map { notification(context, to: user, at: context.now + .seconds($0)) }
            let store = context.store(of: user).notifications
            for notification in all { try await store.insert(notification) }
            #expect(try await store.unreadCount(of: user.id) == 3)
            #expect(try await store.markRead(all[0].id, of: user.id, at: context.now + .minutes(1)))
            #expect(try await store.markRead(all[0].id, of: user.id, at: context.now + .minutes(2)))
            #expect(try await store.markRead(context.makeID(), of: user.id, at: context.now) == false)
            #expect(try await store.unreadCount(of: user.id) == 2)
            #expect(try await store.markAllRead(of: user.id, at: context.now + .minutes(3)) == 2)
            #expect(try await store.unreadCount(of: user.id) == 0)
            let read = try await store.list(of: user.id, page: PageRequest()).items.map(\.readAt)
            #expect(read == [3, 3, 1].map { context.now + .minutes($0) })
        },
        Contract("nobody sees or marks another's notifications or choices") { context async throws in
            let (user, other) = (try await inserted(context), try await inserted(context, email: "other@example.com"))
            let mine = notification(context, to: user, at: context.now)
            try await context.system.notifications.insert(mine)
            let store = context.store(of: other).notifications
            #expect(try await store.list(of: user.id, page: PageRequest()).items.isEmpty)
            #expect(try await store.list(of: user.id, after: .least(at: context.now - .days(1)), limit: 9).isEmpty)
            #expect(try await store.unreadCount(of: user.id) == 0)
            #expect(try await store.markRead(mine.id, of: user.id, at: context.now) == false)
            #expect(try await store.markRead(mine.id, of: other.id, at: context.now) == false)
            #expect(try await store.markAllRead(of: user.id, at: context.now) == 0)
            #expect(try await store.choices(of: user.id).isEmpty)
            await #expect(throws: DatabaseError.self) { try await store.choose([], for: .newSignIn, of: user.id) }
            await #expect(throws: DatabaseError.self) {
                try await store.insert(notification(context, to: user, at: context.now))
            }
            #expect(try await context.system.notifications.unreadCount(of: user.id) == 1)
        },
        Contract("a choice stands until another, and leaves other kinds alone") { context async throws in
            let user = try await inserted(context)
            let store = context.store(of: user).notifications
            #expect(try await store.choices(of: user.id).isEmpty)
            #expect(try await store.channels(for: .newSignIn, of: user.id) == [.mail, .inApp])
            try await store.choose([.inApp], for: .newSignIn, of: user.id)
            try await store.choose([], for: .deviceSignedOut, of: user.id)
            #expect(try await store.choices(of: user.id) == [.newSignIn: [.inApp], .deviceSignedOut: []])
            #expect(try await store.channels(for: .newSignIn, of: user.id) == [.inApp])
            // What an account must not miss stays open.
            #expect(try await store.channels(for: .deviceSignedOut, of: user.id) == [.mail])
            try await store.choose([], for: .newSignIn, of: user.id)
            #expect(try await store.choices(of: user.id)[.newSignIn] == [])
        },
        Contract("old notifications are removed") { context async throws in
            let user = try await inserted(context)
            let store = context.system.notifications
            for days in 0..<4 {
                try await store.insert(notification(context, to: user, at: context.now - .days(Int64(days))))
            }
            #expect(try await store.remove(createdBefore: context.now - .days(1)) == 2)
            #expect(try await store.unreadCount(of: user.id) == 2)
        },
    ]

    private static func inserted(_ context: ContractContext, email: String = "ada@example.com") async throws -> User {
        let user = try User.sample(context, email: email)
        try await context.system.users.insert(user, passwordHash: nil)
        return user
    }

    private static func notification(
        _ context: ContractContext, to user: User, path: String? = "/settings/sessions", at time: Timestamp
    ) -> UserNotification {
        UserNotification(
            id: .make(at: time, randomness: context.randomness), userID: user.id, kind: .newSignIn, title: "Zoë 🎉",
            body: "", path: path, createdAt: time)
    }
}
