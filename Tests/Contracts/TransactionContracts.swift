import Core
import Persistence
import Synchronization
import Testing

extension Contracts {
    static let transactions: [Contract] = [
        Contract("what a unit of work writes is committed together, and its result returned") { context in
            let user = try User.sample(context)
            let event = AuditEvent.sample(context, of: user)
            let read = try await context.database.transaction(.system) { store in
                try await store.users.insert(user, passwordHash: nil)
                try await store.auditLog.record(event)
                try await store.jobs.enqueue(.sample(context))
                return try await store.users.find(user.id)
            }
            #expect(read == user)
            #expect(try await context.system.users.find(user.id) == user)
            #expect(try await context.system.auditLog.list(ofUser: user.id, page: PageRequest()).items == [event])
            #expect(try await context.system.jobs.list(name: "mail.send", page: PageRequest()).items.count == 1)
        },
        Contract("nothing is left of a unit of work that throws") { context in
            let (user, known) = (try User.sample(context), try await context.addUser())
            let (session, hash) = try await context.addSession(of: known)
            let token = OneTimeToken.sample(context, of: known)
            try await context.system.oneTimeTokens.insert(token)
            await #expect(throws: Abandoned()) {
                try await context.database.transaction(.system) { store in
                    try await store.users.insert(user, passwordHash: nil)
                    _ = try await store.users.update(known)
                    try await store.sessions.insert(.sample(context, of: user), refresh: RefreshState(hash: hash))
                    _ = try await store.sessions.revokeAll(of: known.id, except: nil, reason: .deleted, at: context.now)
                    _ = try await store.oneTimeTokens.consume(hash: token.hash, purpose: token.purpose)
                    try await store.auditLog.record(.sample(context, of: known))
                    try await store.jobs.enqueue(.sample(context))
                    _ = try await store.sealedKeys.insert(.sample(context), unlessActiveFrom: context.now)
                    throw Abandoned()
                }
            }
            #expect(try await context.system.users.find(user.id) == nil)
            #expect(try await context.system.users.find(known.id) == known)
            #expect(try await context.system.sessions.authenticate(session.id)?.session == session)
            #expect(
                try await context.system.oneTimeTokens.consume(hash: token.hash, purpose: token.purpose) == token)
            #expect(try await context.system.auditLog.list(ofUser: known.id, page: PageRequest()).items.isEmpty)
            #expect(try await context.system.jobs.list(name: "mail.send", page: PageRequest()).items.isEmpty)
            #expect(try await context.system.sealedKeys.signingKeys(at: context.now).isEmpty)
        },
        Contract("a unit of work that goes on after a failed statement is not committed") { context in
            let (known, user) = (try await context.addUser(), try User.sample(context))
            await #expect(throws: DatabaseError.unexpected(code: "25P02")) {
                try await context.database.transaction(.system) { store in
                    try await store.users.insert(user, passwordHash: nil)
                    do {
                        try await store.users.insert(known, passwordHash: nil)
                    } catch {
                        #expect(error as? DatabaseError == .duplicate(.userID))
                    }
                }
            }
            #expect(try await context.system.users.find(user.id) == nil)
            // It has left nothing held either.
            try await context.system.users.insert(user, passwordHash: nil)
        },
        Contract("a version conflict or an absent row does not end the unit of work") { context in
            let known = try await context.addUser()
            let user = try User.sample(context)
            try await context.database.transaction(.system) { store in
                _ = try await store.users.update(known)
                await #expect(throws: DatabaseError.versionConflict) { try await store.users.update(known) }
                await #expect(throws: DatabaseError.notFound) { try await store.users.update(user) }
                try await store.users.insert(user, passwordHash: nil)
            }
            #expect(try await context.system.users.find(user.id) == user)
            #expect(try await context.system.users.find(known.id)?.version == 2)
        },
        Contract("what a unit of work writes is not seen before it is committed") { context in
            let user = try User.sample(context)
            let (written, seen) = (Gate(), Gate())
            async let unit: Void = context.database.transaction(.system) { store in
                defer { written.open() }
                try await store.users.insert(user, passwordHash: nil)
                written.open()
                await seen.passed()
            }
            defer { seen.open() }
            await written.passed()
            #expect(try await context.system.users.find(user.id) == nil)
            #expect(try await context.system.users.find(emailKey: user.email.key) == nil)
            let insideAnother = try await context.database.transaction(.system) { store in
                try await store.users.find(user.id)
            }
            #expect(insideAnother == nil)
            seen.open()
            try await unit
            #expect(try await context.system.users.find(user.id) == user)
        },
        Contract("a unit of work inside another is refused") { context in
            let user = try User.sample(context)
            await #expect(throws: DatabaseError.nestedTransaction) {
                try await context.database.transaction(.system) { store in
                    try await store.users.insert(user, passwordHash: nil)
                    try await context.database.transaction(.user(user.id)) { _ in }
                }
            }
            #expect(try await context.system.users.find(user.id) == nil)
            // One after another is fine.
            for _ in 0..<2 { try await context.database.transaction(.system) { _ in } }
        },
        Contract("nothing is lost when units of work and single calls write at once") { context in
            let outcomes = await race(40) { number in
                let job = Job.sample(context, uniqueKey: "job \(number)")
                if number.isMultiple(of: 2) { return try await context.system.jobs.enqueue(job) }
                return try await context.database.transaction(.system) { store in
                    let isAdded = try await store.jobs.enqueue(job)
                    if number % 4 == 1 { throw Abandoned() }
                    return isAdded
                }
            }
            #expect(outcomes.count { (try? $0.get()) == true } == 30)
            let jobs = try await context.system.jobs.list(name: "mail.send", page: PageRequest(limit: 100))
            let expected = (0..<40).filter { $0 % 4 != 1 }.map { "job \($0)" }
            #expect(Set(jobs.items.compactMap(\.uniqueKey)) == Set(expected))
        },
        Contract("a body is run again only after a serialization failure, and only where that is allowed") {
            context async throws in
            #expect(await context.runs(.forbidden, throwing: DatabaseError.serializationFailure) == 1)
            #expect(await context.runs(.allowed, throwing: DatabaseError.serializationFailure) == 4)
            #expect(await context.runs(.allowed, throwing: DatabaseError.versionConflict) == 1)
            #expect(await context.runs(.allowed, throwing: Abandoned()) == 1)
        },
    ]
}

extension ContractContext {
    /// How often a body that throws `error` is run.
    fileprivate func runs<Failure: Error & Equatable>(_ repetition: Repetition, throwing error: Failure) async -> Int {
        let count = Mutex(0)
        await #expect(throws: error) {
            try await database.transaction(.system, repetition: repetition) { _ in
                count.withLock { $0 += 1 }
                throw error
            }
        }
        return count.withLock { $0 }
    }
}
