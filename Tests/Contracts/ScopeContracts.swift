import Core
import Persistence
import Testing

extension Contracts {
    static let scopes: [Contract] = [
        Contract("a person sees and changes their own account, and no other") { context in
            let (ada, grace) = (
                try await context.addUser(passwordHash: "a"), try await context.addUser(passwordHash: "g")
            )
            for scope in [Scope.user(ada.id), .team(context.makeID(), ada.id)] {
                let users = context.database.scoped(scope).users
                #expect(try await users.find(ada.id)?.id == ada.id)
                #expect(try await users.find(emailKey: ada.email.key)?.id == ada.id)
                #expect(try await users.findForSignIn(emailKey: ada.email.key)?.passwordHash == "a")
                #expect(try await users.find(grace.id) == nil)
                #expect(try await users.find(emailKey: grace.email.key) == nil)
                #expect(try await users.findForSignIn(emailKey: grace.email.key) == nil)
                await #expect(throws: DatabaseError.notFound) { try await users.update(grace) }
                #expect(try await users.replacePasswordHash(of: grace.id, expected: "g", with: "x") == false)
                #expect(
                    try await users.markEmailVerified(grace.id, emailKey: grace.email.key, at: context.now) == false)
                let newcomer = try User.sample(context)
                await #expect(throws: DatabaseError.self) { try await users.insert(newcomer, passwordHash: nil) }
                #expect(try await context.system.users.find(newcomer.id) == nil)

                let current = try #require(try await users.find(ada.id))
                #expect(try await users.update(current).version == current.version + 1)
            }
            #expect(try await context.system.users.find(grace.id) == grace)
            #expect(try await context.system.users.findForSignIn(emailKey: grace.email.key)?.passwordHash == "g")
            let own = context.store(of: ada).users
            #expect(try await own.replacePasswordHash(of: ada.id, expected: "a", with: "b"))
            #expect(try await own.markEmailVerified(ada.id, emailKey: ada.email.key, at: context.now))
        },
        Contract("an address that someone out of sight has is taken all the same") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            var wish = ada
            wish.email = grace.email
            await #expect(throws: DatabaseError.duplicate(.userEmail)) {
                try await context.store(of: ada).users.update(wish)
            }
        },
        Contract("a person's sessions don't exist for another") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (session, hash) = try await context.addSession(of: ada)
            let rotated = try await context.system.sessions.rotate(
                session.id, presented: hash, successor: hash.reversed(), sealedSuccessor: [1], at: context.now,
                idleExpiresAt: session.idleExpiresAt)
            #expect(rotated == session)
            let (later, page) = (context.now + .hours(1), PageRequest())
            for scope in [Scope.user(grace.id), .team(context.makeID(), grace.id)] {
                let sessions = context.database.scoped(scope).sessions
                #expect(try await sessions.authenticate(session.id) == nil)
                #expect(try await sessions.refreshState(of: session.id) == nil)
                #expect(
                    try await sessions.rotate(
                        session.id, presented: hash.reversed(), successor: hash, sealedSuccessor: [2], at: later,
                        idleExpiresAt: later) == nil)
                #expect(try await sessions.eraseSealedSuccessors(rotatedBefore: later) == 0)
                #expect(try await sessions.list(of: ada.id, liveAt: context.now, page: page).items.isEmpty)
                try await sessions.touch(session.id, at: later, interval: .minutes(5))
                #expect(try await sessions.revoke(session.id, of: ada.id, reason: .signedOut, at: later) == false)
                #expect(try await sessions.revokeAll(of: ada.id, except: nil, reason: .signedOut, at: later) == [])
                let planted = Session.sample(context, of: ada)
                await #expect(throws: DatabaseError.self) {
                    try await sessions.insert(planted, refresh: RefreshState(hash: hash))
                }
            }
            #expect(try await context.system.sessions.refreshState(of: session.id)?.session == session)
            #expect(try await context.system.sessions.list(of: ada.id, liveAt: later, page: page).items == [session])

            let own = context.store(of: ada).sessions
            #expect(try await own.authenticate(session.id)?.user == ada)
            #expect(try await own.list(of: ada.id, liveAt: later, page: page).items == [session])
            #expect(try await own.eraseSealedSuccessors(rotatedBefore: later) == 1)
            #expect(try await own.revokeAll(of: ada.id, except: nil, reason: .signedOut, at: later) == [session.id])
        },
        Contract("a person's tokens don't exist for another") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let token = OneTimeToken.sample(context, of: ada)
            try await context.store(of: ada).oneTimeTokens.insert(token)
            let others = context.store(of: grace).oneTimeTokens
            #expect(try await others.consume(hash: token.hash, purpose: token.purpose) == nil)
            try await others.removeAll(of: ada.id, purposes: OneTimeToken.Purpose.allCases)
            #expect(try await others.removeExpired(before: context.now + .days(1)) == 0)
            let planted = OneTimeToken.sample(context, of: ada)
            await #expect(throws: DatabaseError.self) { try await others.insert(planted) }
            let own = context.store(of: ada).oneTimeTokens
            #expect(try await own.consume(hash: token.hash, purpose: token.purpose) == token)
        },
        Contract("a log is read and written by whom it belongs to") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let event = AuditEvent.sample(context, of: ada)
            try await context.store(of: ada).auditLog.record(event)
            let page = PageRequest()
            #expect(try await context.store(of: ada).auditLog.list(ofUser: ada.id, page: page).items == [event])
            #expect(try await context.store(of: grace).auditLog.list(ofUser: ada.id, page: page).items.isEmpty)
            let forged = AuditEvent.sample(context, of: ada)
            await #expect(throws: DatabaseError.self) { try await context.store(of: grace).auditLog.record(forged) }

            let team: ID<Team> = context.makeID()
            let inTeam = context.database.scoped(.team(team, ada.id)).auditLog
            let teams = AuditEvent.sample(context, of: ada, team: team, createdAt: context.now + .seconds(1))
            try await inTeam.record(teams)
            let foreign = AuditEvent.sample(context, of: ada, team: context.makeID())
            await #expect(throws: DatabaseError.self) { try await inTeam.record(foreign) }
            await #expect(throws: DatabaseError.self) { try await context.store(of: ada).auditLog.record(foreign) }
            #expect(try await inTeam.list(ofUser: ada.id, page: page).items == [teams, event])
            let inAnother = context.database.scoped(.team(context.makeID(), ada.id)).auditLog
            #expect(try await inAnother.list(ofUser: ada.id, page: page).items == [event])
        },
        Contract("everyone may ask for work, the system alone sees it") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            #expect(try await context.store(of: ada).jobs.enqueue(.sample(context, uniqueKey: "k")))
            #expect(try await context.store(of: grace).jobs.enqueue(.sample(context, uniqueKey: "k")) == false)
            try await context.database.transaction(.user(grace.id)) { store async throws in
                #expect(try await store.jobs.enqueue(.sample(context)))
            }
            let page = PageRequest()
            #expect(try await context.store(of: ada).jobs.list(name: "mail.send", page: page).items.isEmpty)
            #expect(try await context.system.jobs.list(name: "mail.send", page: page).items.count == 2)
        },
        Contract("a person claims no key of another") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let key = IdempotencyKey.sample(context, principal: "user:\(ada.id)")
            let (own, others) = (context.store(of: ada).idempotency, context.store(of: grace).idempotency)
            await #expect(throws: DatabaseError.self) { try await others.claim(key, requestHash: [1], at: context.now) }
            #expect(try await own.claim(key, requestHash: [1], at: context.now) == .claimed)
            let expiry = context.now + .hours(1)
            await #expect(throws: DatabaseError.notFound) {
                try await others.complete(key, status: 200, sealedResponse: [2], expiresAt: expiry)
            }
            try await own.complete(key, status: 200, sealedResponse: [1], expiresAt: expiry)
            let replay = IdempotencyClaim.replay(status: 200, sealedResponse: [1])
            #expect(try await own.claim(key, requestHash: [1], at: context.now) == replay)
            _ = try? await others.removeExpired(before: context.now + .days(1))
            #expect(try await context.system.idempotency.claim(key, requestHash: [1], at: context.now) == replay)
        },
        Contract("the server's keys don't exist for a person") { context in
            let user = try await context.addUser()
            let key = SealedSigningKey.sample(context)
            #expect(try await context.system.sealedKeys.insert(key, unlessActiveFrom: context.now))
            _ = try await context.system.sealedKeys.rememberMasterKey(fingerprint: [1], at: context.now)
            let keys = context.store(of: user).sealedKeys
            #expect((try? await keys.signingKeys(at: context.now)) ?? [] == [])
            let planted = SealedSigningKey.sample(context)
            await #expect(throws: DatabaseError.self) {
                try await keys.insert(planted, unlessActiveFrom: context.now + .days(1))
            }
            #expect((try? await keys.rememberMasterKey(fingerprint: [2], at: context.now)) ?? [] == [])
            #expect(try await context.system.sealedKeys.signingKeys(at: context.now) == [key])
        },
        Contract("a unit of work sees what its scope sees") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            try await context.database.transaction(.user(ada.id)) { store in
                #expect(try await store.users.find(ada.id) == ada)
                #expect(try await store.users.find(grace.id) == nil)
                await #expect(throws: DatabaseError.notFound) { try await store.users.update(grace) }
                _ = try await store.users.update(ada)
            }
            // The scope ends with it.
            #expect(try await context.system.users.find(grace.id) == grace)
        },
    ]
}
