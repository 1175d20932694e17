import Core
import Persistence
import Testing

extension Contracts {
    static let sessions: [Contract] = [
        Contract("a session is read as it was written") { context in
            let (user, administrator) = (try await context.addUser(), try await context.addUser())
            let session = Session(
                id: context.makeID(), userID: user.id, impersonatorID: administrator.id,
                deviceName: "Ada’s e\u{301}\tlaptop \\ \"' 💻",
                userAgent: "Mozilla/5.0 (X11; ‮Linux)\r\n", ip: "2001:db8::1", createdAt: context.now,
                lastSeenAt: context.now + .microseconds(1), authenticatedAt: context.now + .microseconds(2),
                idleExpiresAt: context.now + .microseconds(3), expiresAt: context.now + .microseconds(4))
            let refresh = RefreshState(
                hash: context.makeHash(), generation: 3, parentHash: context.makeHash(),
                sealedSuccessor: context.randomness.bytes(71), rotatedAt: context.now + .microseconds(5))
            try await context.system.sessions.insert(session, refresh: refresh)
            let state = try #require(try await context.system.sessions.refreshState(of: session.id))
            #expect(state.session == session)
            #expect(state.refresh == refresh)
            // Equal strings may be spelled differently; stored ones must not be.
            #expect(state.session.deviceName.map { Array($0.utf8) } == session.deviceName.map { Array($0.utf8) })
        },
        Contract("a session with nothing optional is read as it was written") { context in
            let user = try await context.addUser()
            let (session, hash) = try await context.addSession(of: user)
            let state = try #require(try await context.system.sessions.refreshState(of: session.id))
            #expect(state.session == session)
            #expect(state.refresh == RefreshState(hash: hash))
        },
        Contract("an id belongs to one session, and a session to a user there is") { context in
            let user = try await context.addUser()
            let (session, _) = try await context.addSession(of: user)
            let refresh = RefreshState(hash: context.makeHash())
            await #expect(throws: DatabaseError.duplicate(.sessionID)) {
                try await context.system.sessions.insert(session, refresh: refresh)
            }
            let stranger = try User.sample(context)
            for orphan in [Session.sample(context, of: stranger), .sample(context, of: user, by: stranger)] {
                await #expect(throws: DatabaseError.unexpected(code: "23503")) {
                    try await context.system.sessions.insert(orphan, refresh: refresh)
                }
            }
        },
        Contract("authenticating gives the session and its user as they are now, whether live or not") { context in
            let user = try await context.addUser()
            let sessions = context.system.sessions
            let (session, _) = try await context.addSession(of: user)
            let (expired, _) = try await context.addSession(of: user, createdAt: context.now - .days(40))
            let found = try #require(try await sessions.authenticate(session.id))
            #expect(found.session == session)
            #expect(found.user == user)
            #expect(try await sessions.authenticate(expired.id)?.session == expired)
            #expect(try await sessions.authenticate(context.makeID()) == nil)

            var suspended = user
            suspended.suspendedAt = context.now
            suspended = try await context.system.users.update(suspended)
            #expect(try await sessions.revoke(session.id, of: user.id, reason: .suspended, at: context.now))
            let ended = try #require(try await sessions.authenticate(session.id))
            #expect(ended.session.revokedAt == context.now)
            #expect(ended.user == suspended)
        },
        Contract("the list has the user's live sessions, latest first, also over equal times") { context in
            let user = try await context.addUser()
            let other = try await context.addUser()
            let sessions = context.system.sessions
            var expected: [Session] = []
            for time in crowdedTimes(around: context.now) {
                expected.append(try await context.addSession(of: user, createdAt: time).session)
            }
            _ = try await context.addSession(of: other)
            _ = try await context.addSession(of: user, createdAt: context.now - .days(1), idle: .hours(1))
            _ = try await context.addSession(of: user, createdAt: context.now - .days(1), absolute: .hours(1))
            let (revoked, _) = try await context.addSession(of: user)
            #expect(try await sessions.revoke(revoked.id, of: user.id, reason: .signedOut, at: context.now))
            expected.sort { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
            try await expectPages(of: expected) { page in
                try await sessions.list(of: user.id, liveAt: context.now + .microseconds(2), page: page)
            }
            try await expectPages(of: []) { page in
                try await sessions.list(of: user.id, liveAt: context.now + .days(8), page: page)
            }
        },
        Contract("a session ends at the very moment it expires") { context in
            let user = try await context.addUser()
            let (session, hash) = try await context.addSession(of: user, idle: .minutes(5))
            let sessions = context.system.sessions
            let end = session.idleExpiresAt
            let before = try await sessions.list(of: user.id, liveAt: end - .microseconds(1), page: PageRequest())
            #expect(before.items == [session])
            #expect(try await sessions.list(of: user.id, liveAt: end, page: PageRequest()).items.isEmpty)
            let rotated = try await sessions.rotate(
                session.id, presented: hash, successor: context.makeHash(), sealedSuccessor: [1], at: end,
                idleExpiresAt: end + .days(7))
            #expect(rotated == nil)
            #expect(try await sessions.revoke(session.id, of: user.id, reason: .signedOut, at: end) == false)
        },
        Contract("a session's use is noted when the last note is older than the interval") { context in
            let user = try await context.addUser()
            let (session, _) = try await context.addSession(of: user)
            let sessions = context.system.sessions
            func lastSeen() async throws -> Timestamp? {
                let state = try await sessions.refreshState(of: session.id)
                return state?.session.lastSeenAt
            }
            try await sessions.touch(session.id, at: context.now + .seconds(299), interval: .minutes(5))
            #expect(try await lastSeen() == context.now)
            let noted = context.now + .seconds(301)
            try await sessions.touch(session.id, at: noted, interval: .minutes(5))
            #expect(try await lastSeen() == noted)
            // A clock that lags behind does not turn it back.
            try await sessions.touch(session.id, at: context.now, interval: .minutes(5))
            #expect(try await lastSeen() == noted)
            try await sessions.touch(context.makeID(), at: noted, interval: .minutes(5))
        },
    ]
}
