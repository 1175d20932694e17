import Core
import Persistence
import Testing

extension Contracts {
    static let sessionEndings: [Contract] = [
        Contract("a session is ended once, and only by its user") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (session, _) = try await context.addSession(of: ada)
            let sessions = context.system.sessions
            func revoke(_ id: ID<Session>, of user: User, at time: Timestamp) async throws -> Bool {
                try await sessions.revoke(id, of: user.id, reason: .revokedByUser, at: time)
            }
            #expect(try await revoke(session.id, of: grace, at: context.now) == false)
            #expect(try await revoke(context.makeID(), of: ada, at: context.now) == false)
            #expect(try await sessions.authenticate(session.id)?.session == session)
            #expect(try await revoke(session.id, of: ada, at: context.now))
            #expect(try await revoke(session.id, of: ada, at: context.now + .hours(1)) == false)
            #expect(try await sessions.authenticate(session.id)?.session.revokedAt == context.now)

            let (expired, _) = try await context.addSession(of: ada, idle: .hours(1))
            #expect(try await revoke(expired.id, of: ada, at: context.now + .hours(2)) == false)
        },
        Contract("a credential given again is noted of a live session of its user") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (session, _) = try await context.addSession(of: ada)
            let sessions = context.system.sessions
            let later = context.now + .hours(1)
            #expect(try await sessions.renewAuthentication(session.id, of: grace.id, at: later) == false)
            #expect(try await sessions.authenticate(session.id)?.session == session)
            #expect(try await sessions.renewAuthentication(session.id, of: ada.id, at: later))
            #expect(try await sessions.authenticate(session.id)?.session.authenticatedAt == later)
            _ = try await sessions.revoke(session.id, of: ada.id, reason: .signedOut, at: later)
            #expect(try await sessions.renewAuthentication(session.id, of: ada.id, at: later) == false)
        },
        Contract("of those who end a session at once, one did") { context in
            let user = try await context.addUser()
            let (session, _) = try await context.addSession(of: user)
            let outcomes = await race(20) { _ in
                try await context.system.sessions.revoke(
                    session.id, of: user.id, reason: .signedOut, at: context.now)
            }
            #expect(try outcomes.trues() == 1)
        },
        Contract("every reason to end a session is taken") { context in
            let user = try await context.addUser()
            for reason in RevocationReason.allCases {
                let (session, _) = try await context.addSession(of: user)
                #expect(
                    try await context.system.sessions.revoke(session.id, of: user.id, reason: reason, at: context.now))
            }
        },
        Contract("all live sessions of a user are ended but the kept one") { context in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let sessions = context.system.sessions
            let (kept, _) = try await context.addSession(of: ada)
            let (one, _) = try await context.addSession(of: ada)
            let (two, _) = try await context.addSession(of: ada)
            let (graces, _) = try await context.addSession(of: grace)
            let (idle, _) = try await context.addSession(of: ada, createdAt: context.now - .days(1), idle: .hours(1))
            let (ended, _) = try await context.addSession(of: ada)
            #expect(try await sessions.revoke(ended.id, of: ada.id, reason: .signedOut, at: context.now))

            let time = context.now + .hours(1)
            let others = try await sessions.revokeAll(of: ada.id, except: kept.id, reason: .passwordChanged, at: time)
            #expect(Set(others) == [one.id, two.id])
            #expect(others.count == 2)
            for id in others { #expect(try await sessions.authenticate(id)?.session.revokedAt == time) }
            #expect(try await sessions.authenticate(ended.id)?.session.revokedAt == context.now)
            #expect(try await sessions.authenticate(idle.id)?.session == idle)
            #expect(try await sessions.authenticate(kept.id)?.session == kept)
            #expect(try await sessions.authenticate(graces.id)?.session == graces)

            #expect(try await sessions.revokeAll(of: ada.id, except: nil, reason: .deleted, at: time) == [kept.id])
            #expect(try await sessions.revokeAll(of: ada.id, except: nil, reason: .deleted, at: time) == [])
            #expect(try await sessions.authenticate(graces.id)?.session == graces)
        },
    ]
}
