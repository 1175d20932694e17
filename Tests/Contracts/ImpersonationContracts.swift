import Core
import Persistence
import Testing

/// Two who act as others: Ada as Grace and as Alan, Edsger as Grace, each with a session of their own.
private struct Acting {
    let ada, grace: User
    let adas, graces, asGrace, asAlan, edsgerAsGrace: Session
    /// Of Ada's session as Grace.
    let refreshHash: [UInt8]

    init(_ context: ContractContext) async throws {
        (ada, grace) = (try await context.addUser(), try await context.addUser())
        let (alan, edsger) = (try await context.addUser(), try await context.addUser())
        adas = try await context.addSession(of: ada).session
        graces = try await context.addSession(of: grace).session
        (asGrace, refreshHash) = try await context.addSession(of: grace, by: ada)
        asAlan = try await context.addSession(of: alan, by: ada).session
        edsgerAsGrace = try await context.addSession(of: grace, by: edsger).session
    }

    func live(in context: ContractContext) async throws -> [Session] {
        var live: [Session] = []
        for session in [adas, graces, asGrace, asAlan, edsgerAsGrace]
        where try await context.system.sessions.authenticate(session.id)?.session.revokedAt == nil {
            live.append(session)
        }
        return live
    }
}

extension Contracts {
    static let impersonation: [Contract] = [
        Contract("a session in which somebody acts as a person is that person's, and stays it when rotated") {
            context in
            let acting = try await Acting(context)
            let sessions = context.system.sessions
            let found = try #require(try await sessions.authenticate(acting.asGrace.id))
            #expect(found.user == acting.grace)
            #expect(found.session == acting.asGrace)
            let rotated = try await sessions.rotate(
                acting.asGrace.id, presented: acting.refreshHash, successor: context.makeHash(), sealedSuccessor: [1],
                at: context.now, idleExpiresAt: acting.asGrace.idleExpiresAt)
            #expect(rotated == acting.asGrace)
            func listed(_ user: User) async throws -> Set<ID<Session>> {
                let page = try await context.store(of: user).sessions.list(
                    of: user.id, liveAt: context.now, page: PageRequest())
                return Set(page.items.map(\.id))
            }
            #expect(
                try await listed(acting.grace)
                    == [acting.graces.id, acting.asGrace.id, acting.edsgerAsGrace.id])
            #expect(try await listed(acting.ada) == [acting.adas.id])
        },
        Contract("with all sessions of somebody end those in which they act as others, kept or not") { context in
            for (isSystem, isKept) in [(true, false), (true, true), (false, false), (false, true)] {
                let acting = try await Acting(context)
                let store = isSystem ? context.system : context.store(of: acting.ada)
                let ended = try await store.sessions.revokeAll(
                    of: acting.ada.id, except: isKept ? acting.adas.id : nil, reason: .suspended, at: context.now)
                #expect(ended == (isKept ? [] : [acting.adas.id]))
                #expect(
                    try await acting.live(in: context)
                        == (isKept ? [acting.adas] : []) + [acting.graces, acting.edsgerAsGrace])
            }
        },
        Contract("with one session of somebody end those in which they act as others") { context in
            for isSystem in [true, false] {
                let acting = try await Acting(context)
                let (other, _) = try await context.addSession(of: acting.ada)
                let store = isSystem ? context.system : context.store(of: acting.ada)
                #expect(
                    try await store.sessions.revoke(
                        other.id, of: acting.ada.id, reason: .signedOut, at: context.now))
                #expect(try await acting.live(in: context) == [acting.adas, acting.graces, acting.edsgerAsGrace])
            }
        },
        Contract("with a session in which somebody acts as another ends nothing else") { context in
            let acting = try await Acting(context)
            #expect(
                try await context.store(of: acting.grace).sessions.revoke(
                    acting.asGrace.id, of: acting.grace.id, reason: .impersonationEnded, at: context.now))
            #expect(
                try await acting.live(in: context)
                    == [acting.adas, acting.graces, acting.asAlan, acting.edsgerAsGrace])
        },
        Contract("all sessions of a person end with those in which others act as them") { context in
            let acting = try await Acting(context)
            let ended = try await context.store(of: acting.grace).sessions.revokeAll(
                of: acting.grace.id, except: nil, reason: .passwordChanged, at: context.now)
            #expect(Set(ended) == [acting.graces.id, acting.asGrace.id, acting.edsgerAsGrace.id])
            #expect(try await acting.live(in: context) == [acting.adas, acting.asAlan])
        },
        Contract("who acts as somebody else may end that session in their scope, and do no more with it") { context in
            let acting = try await Acting(context)
            let sessions = context.store(of: acting.ada).sessions
            let (id, later) = (acting.asGrace.id, context.now + .hours(1))
            #expect(try await sessions.authenticate(id) == nil)
            #expect(try await sessions.refreshState(of: id)?.session == acting.asGrace)
            let refused = DatabaseError.unexpected(code: "42501")
            await #expect(throws: refused) { try await sessions.touch(id, at: later, interval: .minutes(5)) }
            await #expect(throws: refused) {
                try await sessions.renewAuthentication(id, of: acting.grace.id, at: later)
            }
            let hash = context.makeHash()
            await #expect(throws: refused) {
                try await sessions.rotate(
                    id, presented: acting.refreshHash, successor: hash, sealedSuccessor: [1], at: later,
                    idleExpiresAt: later)
            }
            let planted = Session.sample(context, of: acting.grace, by: acting.ada)
            await #expect(throws: refused) {
                try await sessions.insert(planted, refresh: RefreshState(hash: hash))
            }
            #expect(try await context.system.sessions.authenticate(id)?.session == acting.asGrace)
            #expect(
                try await sessions.revoke(id, of: acting.grace.id, reason: .impersonationEnded, at: context.now))
        },
        Contract("the end of a session is news to the streams of whomever it acted as") { context in
            let acting = try await Acting(context)
            let signals = try #require(context.database as? any UserSignals)
            var wakeUps = signals.wakeUps(of: acting.grace.id).makeAsyncIterator()
            _ = try await context.system.sessions.revokeAll(
                of: acting.ada.id, except: nil, reason: .suspended, at: context.now)
            #expect(await wakeUps.next() != nil)
        },
    ]
}
