import Core
import Persistence
import Testing

extension Contracts {
    static let userChanges: [Contract] = [
        Contract("an update writes every field but id and creation time, and counts the version up") { context in
            let user = try await context.addUser(passwordHash: "hash")
            var wanted = User(
                id: user.id, email: try EmailAddress(parsing: "new@example.org"), emailVerifiedAt: context.now,
                firstName: PersonName(stored: "Grace"), lastName: PersonName(stored: "Hopper"), language: .french,
                timeZone: TimeZoneName(stored: "America/New_York"), avatarURL: "https://example.org/grace",
                isSuperuser: true, hasSecondFactor: true, secondFactorResetAt: context.now - .days(1),
                suspendedAt: context.now, deletedAt: context.now, purgeAt: context.now + .days(14),
                terms: TermsAgreement(version: "2026-01", agreedAt: context.now), createdAt: context.now + .days(1),
                updatedAt: context.now + .hours(1),
                version: 1)
            let stored = try await context.system.users.update(wanted)
            #expect(stored.createdAt == user.createdAt)
            #expect(stored.version == 2)
            #expect(try await context.system.users.find(user.id) == stored)
            #expect(try await context.system.users.findForSignIn(emailKey: "new@example.org")?.passwordHash == "hash")
            wanted.version = 2
            #expect(stored == wanted.created(at: user.createdAt))

            // And back to nothing.
            let emptied = try await context.system.users.update(user.at(version: 2))
            #expect(emptied == user.at(version: 3))
            #expect(try await context.system.users.find(user.id) == emptied)
        },
        Contract("an update of what someone else changed since is refused") { context in
            let user = try await context.addUser()
            let stored = try await context.system.users.update(user)
            await #expect(throws: DatabaseError.versionConflict) { try await context.system.users.update(user) }
            await #expect(throws: DatabaseError.versionConflict) {
                try await context.system.users.update(user.at(version: 3))
            }
            #expect(try await context.system.users.find(user.id) == stored)
        },
        Contract("of updates of one version at once, one is written") { context in
            let user = try await context.addUser()
            let outcomes = await race(20) { _ in try await context.system.users.update(user) }
            #expect(outcomes.count { (try? $0.get()) != nil } == 1)
            for case .failure(let error) in outcomes { #expect(error as? DatabaseError == .versionConflict) }
            #expect(try await context.system.users.find(user.id)?.version == 2)
        },
        Contract("a password is set and taken away whatever it was") { context in
            let user = try await context.addUser(passwordHash: "hash")
            let users = context.system.users
            for hash in ["other", nil] {
                try await users.setPasswordHash(of: user.id, to: hash)
                #expect(try await users.findForSignIn(emailKey: user.email.key)?.passwordHash == hash)
            }
            await #expect(throws: DatabaseError.notFound) {
                try await users.setPasswordHash(of: context.makeID(), to: "hash")
            }
        },
        Contract("an absent account can't be updated") { context in
            let absent = try User.sample(context)
            await #expect(throws: DatabaseError.notFound) { try await context.system.users.update(absent) }
            #expect(try await context.system.users.find(absent.id) == nil)
        },
        Contract("a taken address can't be changed to, a left one is free") { context in
            let ada = try await context.addUser()
            var grace = try await context.addUser()
            let left = grace.email
            grace.email = ada.email
            await #expect(throws: DatabaseError.duplicate(.userEmail)) { try await context.system.users.update(grace) }
            #expect(try await context.system.users.find(emailKey: left.key)?.id == grace.id)

            grace.email = try EmailAddress(parsing: "grace@example.org")
            _ = try await context.system.users.update(grace)
            #expect(try await context.system.users.find(emailKey: left.key) == nil)
            #expect(try await context.system.users.find(emailKey: grace.email.key)?.id == grace.id)
            try await context.system.users.insert(try .sample(context, email: left.text), passwordHash: nil)
        },
        Contract("a password's hash is replaced only where it is the expected one") { context in
            let user = try await context.addUser()
            let users = context.system.users
            func stored() async throws -> String? {
                let found = try await users.findForSignIn(emailKey: user.email.key)
                return found?.passwordHash
            }
            #expect(try await users.replacePasswordHash(of: user.id, expected: "other", with: "no") == false)
            #expect(try await stored() == nil)
            #expect(try await users.replacePasswordHash(of: user.id, expected: nil, with: "first"))
            #expect(try await stored() == "first")
            #expect(try await users.replacePasswordHash(of: user.id, expected: nil, with: "no") == false)
            #expect(try await users.replacePasswordHash(of: user.id, expected: "First", with: "no") == false)
            #expect(try await users.replacePasswordHash(of: user.id, expected: "first", with: "second"))
            #expect(try await stored() == "second")
            #expect(try await users.replacePasswordHash(of: context.makeID(), expected: nil, with: "no") == false)

            let replaced = await race(20) { number in
                try await users.replacePasswordHash(of: user.id, expected: "second", with: "third \(number)")
            }
            #expect(try replaced.trues() == 1)
        },
        Contract("an address is marked as proven once, and only while it is the account's") { context in
            let user = try await context.addUser()
            let users = context.system.users
            #expect(try await users.markEmailVerified(user.id, emailKey: "old@example.org", at: context.now) == false)
            #expect(try await users.find(user.id) == user)
            #expect(
                try await users.markEmailVerified(context.makeID(), emailKey: user.email.key, at: context.now) == false)

            #expect(try await users.markEmailVerified(user.id, emailKey: user.email.key, at: context.now))
            let later = context.now + .hours(1)
            #expect(try await users.markEmailVerified(user.id, emailKey: user.email.key, at: later))
            #expect(try await users.find(user.id)?.emailVerifiedAt == context.now)
        },
        Contract("a proof of the address is not undone by who read the account before") { context in
            let user = try await context.addUser()
            #expect(
                try await context.system.users.markEmailVerified(user.id, emailKey: user.email.key, at: context.now))
            await #expect(throws: DatabaseError.versionConflict) { try await context.system.users.update(user) }
            #expect(try await context.system.users.find(user.id)?.emailVerifiedAt == context.now)
        },
    ]
}

extension User {
    fileprivate func at(version: Int64) -> User {
        var user = self
        user.version = version
        return user
    }

    fileprivate func created(at time: Timestamp) -> User {
        User(
            id: id, email: email, emailVerifiedAt: emailVerifiedAt, firstName: firstName, lastName: lastName,
            language: language, timeZone: timeZone, avatarURL: avatarURL, isSuperuser: isSuperuser,
            hasSecondFactor: hasSecondFactor, secondFactorResetAt: secondFactorResetAt, suspendedAt: suspendedAt,
            deletedAt: deletedAt, purgeAt: purgeAt, terms: terms, createdAt: time, updatedAt: updatedAt,
            version: version)
    }
}
