import Core
import Foundation
import Persistence
import Testing

extension Contracts {
    static let purges: [Contract] = [
        Contract("accounts are due from their time on, the longest due first, and until they are purged") {
            context async throws in
            let users = context.system.users
            var expected: [Core.ID<User>] = []
            for days in [3, 1, 2] {
                let user = try await context.addLeaving(purgedAfter: .days(Int64(days)))
                expected.append(user.id)
            }
            _ = try await context.addUser()
            expected = [expected[1], expected[2], expected[0]]
            let start = context.now
            #expect(try await users.listDueForPurge(at: start + .days(1) - .microseconds(1), limit: 9).isEmpty)
            #expect(try await users.listDueForPurge(at: start + .days(1), limit: 9) == [expected[0]])
            #expect(try await users.listDueForPurge(at: start + .days(9), limit: 9) == expected)
            #expect(try await users.listDueForPurge(at: start + .days(9), limit: 2) == Array(expected.prefix(2)))
            #expect(try await users.purge(expected[0], at: start + .days(1)))
            #expect(try await users.listDueForPurge(at: start + .days(9), limit: 9) == Array(expected.dropFirst()))
        },
        Contract("a purge leaves an account without a person, and its address free") { context async throws in
            let user = try await context.addLeaving(purgedAfter: .days(14))
            let (users, later) = (context.system.users, context.now + .days(14))
            #expect(try await users.purge(user.id, at: later - .microseconds(1)) == false)
            #expect(try await users.find(user.id)?.email == user.email)
            #expect(try await users.purge(user.id, at: later))
            #expect(try await users.purge(user.id, at: later) == false)
            var expected = user.purged(at: later)
            expected.version = user.version + 1
            #expect(try await users.find(user.id) == expected)
            #expect(try await users.find(emailKey: user.email.key) == nil)
            #expect(try await users.findForSignIn(emailKey: expected.email.key) == nil)
            try await users.insert(try .sample(context, email: user.email.text), passwordHash: nil)
        },
        Contract("a purge takes with it what belongs to the person alone, and nothing of others") {
            context async throws in
            let (ada, grace) = (try await context.addLeaving(purgedAfter: .zero), try await context.addUser())
            for user in [ada, grace] { try await context.fill(user) }
            #expect(try await context.system.users.purge(ada.id, at: context.now))
            #expect(try await context.holdings(of: ada) == [])
            #expect(try await context.holdings(of: grace) == ContractContext.everything)
        },
        Contract("only the system purges, and knows who is due") { context async throws in
            let user = try await context.addLeaving(purgedAfter: .zero)
            let own = context.store(of: user)
            #expect(try await context.system.users.listDueForPurge(at: context.now, limit: 1) == [user.id])
            await #expect(throws: DatabaseError.unexpected(code: "42501")) {
                _ = try await own.users.purge(user.id, at: context.now)
            }
            #expect(try await context.system.users.find(user.id) == user)
            await #expect(throws: DatabaseError.unexpected(code: "42501")) { try await own.auditLog.erase(user.id) }
        },
        Contract("of an erased person the log keeps what was done, and not from where or what they are called") {
            context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let origin = RequestOrigin(ip: "203.0.113.7", userAgent: "curl/8", requestID: "r-1")
            func event(by actor: User?, on owner: User) -> AuditEvent {
                AuditEvent(
                    id: context.makeID(), action: "user.updated", actorID: actor?.id, userID: owner.id,
                    targetType: "user", targetID: owner.id.description, origin: origin, changes: ["role": "owner"],
                    personal: ["first_name": "Ada"], createdAt: context.now)
            }
            let events = [event(by: ada, on: ada), event(by: nil, on: ada), event(by: grace, on: ada)]
            let others = [event(by: grace, on: grace), event(by: ada, on: grace)]
            for event in events + others { try await context.system.auditLog.record(event) }
            try await context.system.auditLog.erase(ada.id)
            let (own, foreign) = (try await context.log(of: ada), try await context.log(of: grace))
            let withoutOrigin = RequestOrigin(requestID: "r-1")
            for event in events {
                let kept = try #require(own[event.id])
                #expect(kept.personal.isEmpty && kept.changes == event.changes && kept.action == event.action)
                #expect(kept.origin == (event.actorID == grace.id ? origin : withoutOrigin))
            }
            #expect(foreign[others[0].id] == others[0])
            #expect(foreign[others[1].id]?.personal == ["first_name": "Ada"])
            #expect(foreign[others[1].id]?.origin == withoutOrigin)
        },
        Contract("all sessions are listed, ended ones too, and go long after they ran out") { context async throws in
            let user = try await context.addUser()
            let sessions = context.system.sessions
            let live = try await context.addSession(of: user, absolute: .days(30)).session
            let brief = try await context.addSession(of: user, absolute: .days(1)).session
            #expect(try await sessions.revoke(live.id, of: user.id, reason: .signedOut, at: context.now))
            #expect(
                Set(try await sessions.list(of: user.id, page: PageRequest()).items.map(\.id)) == [live.id, brief.id])
            #expect(try await sessions.remove(expiredBefore: context.now + .days(1)) == 0)
            #expect(try await sessions.remove(expiredBefore: context.now + .days(1) + .microseconds(1)) == 1)
            #expect(try await sessions.list(of: user.id, page: PageRequest()).items.map(\.id) == [live.id])
        },
    ]
}

extension ContractContext {
    /// What ``fill(_:)`` adds.
    fileprivate static let everything = [
        "sessions", "links", "authenticator", "codes", "keys", "identities", "passkeys", "notifications", "choices",
        "mail", "suppression", "answer",
    ]

    /// What the log of a person says, by id.
    fileprivate func log(of user: User) async throws -> [Core.ID<AuditEvent>: AuditEvent] {
        let items = try await system.auditLog.list(ofUser: user.id, page: PageRequest()).items
        return Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0) })
    }

    fileprivate func addLeaving(purgedAfter wait: Duration) async throws -> User {
        var user = try await addUser(passwordHash: "hash")
        (user.deletedAt, user.purgeAt, user.avatarURL) = (now, now + wait, "https://example.org/a.png")
        (user.isSuperuser, user.terms) = (true, TermsAgreement(version: "1", agreedAt: now))
        return try await system.users.update(user)
    }

    /// Stores one of each kind of thing.
    fileprivate func fill(_ user: User) async throws {
        _ = try await addSession(of: user)
        try await system.oneTimeTokens.insert(.sample(self, of: user))
        _ = try await system.secondFactors.setAuthenticator(of: user.id, sealedSecret: makeHash(), at: now)
        try await system.secondFactors.replaceRecoveryCodes(of: user.id, with: [makeHash()], at: now)
        try await system.apiKeys.insert(
            APIKey(
                id: makeID(), userID: user.id, name: "CI", prefix: "plk_", scopes: Scopes([.usersRead]),
                createdAt: now), hash: makeHash())
        _ = try await system.identities.insert(
            LinkedIdentity(
                id: makeID(), userID: user.id, provider: "google", issuer: "https://i.example",
                subject: user.id.description, email: nil, createdAt: now, lastUsedAt: now))
        _ = try await system.passkeys.insert(
            Passkey(
                id: makeID(), userID: user.id, name: "Phone", credentialID: makeHash(), publicKey: makeHash(),
                signCount: 0, isBackupEligible: false, isBackedUp: false, transports: [],
                aaguid: Array(makeHash().prefix(16)), createdAt: now))
        try await system.notifications.insert(
            UserNotification(
                id: makeID(), userID: user.id, kind: .newSignIn, title: "A", body: "B", path: nil, createdAt: now))
        try await system.notifications.choose([], for: .newSignIn, of: user.id)
        try await system.jobs.enqueue(mail(to: user))
        _ = try await system.mailSuppressions.record(
            MailSuppression(emailKey: user.email.key, reason: .bounce, detail: "", occurredAt: now))
        let key = answerKey(of: user)
        _ = try await system.idempotency.claim(key, requestHash: makeHash(), at: now)
        try await system.idempotency.complete(key, status: 200, sealedResponse: [1], expiresAt: now + .days(1))
    }

    /// Which of it is there.
    fileprivate func holdings(of user: User) async throws -> [String] {
        let page = PageRequest(limit: 100)
        let mails = try await system.jobs.list(name: OutgoingMail.jobName, page: page).items
        let answer = try await system.idempotency.find(answerKey(of: user), requestHash: makeHash(), at: now)
        let found: [Bool] = [
            try await !system.sessions.list(of: user.id, page: page).items.isEmpty,
            try await !system.oneTimeTokens.list(of: user.id).isEmpty,
            try await system.secondFactors.authenticator(of: user.id) != nil,
            try await system.secondFactors.recoveryCodeCount(of: user.id) > 0,
            try await system.apiKeys.count(of: user.id) > 0,
            try await !system.identities.list(of: user.id).isEmpty,
            try await !system.passkeys.list(of: user.id).isEmpty,
            try await !system.notifications.list(of: user.id, page: page).items.isEmpty,
            try await !system.notifications.choices(of: user.id).isEmpty,
            try mails.contains { (try $0.decoded() as OutgoingMail).userID == user.id },
            try await system.mailSuppressions.find(emailKey: user.email.key) != nil,
            answer != nil,
        ]
        return zip(Self.everything, found).filter(\.1).map(\.0)
    }

    private func mail(to user: User) throws -> Job {
        let mail = OutgoingMail(
            kind: .verifyEmail, to: user.email.text, userID: user.id, language: .english, path: "/")
        return try Job(mail, id: makeID(), at: now)
    }

    private func answerKey(of user: User) -> IdempotencyKey {
        IdempotencyKey(principal: "user:\(user.id)", method: "POST", path: "/", key: "k")
    }
}
