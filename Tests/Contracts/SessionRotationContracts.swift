import Core
import Persistence
import Testing

extension Contracts {
    static let sessionRotation: [Contract] = [
        Contract("a rotation keeps the parent, the sealed successor and its time") { context in
            let user = try await context.addUser()
            let (session, first) = try await context.addSession(of: user)
            let sessions = context.system.sessions
            let (second, third) = (context.makeHash(), context.makeHash())
            let time = context.now + .hours(1)
            let rotated = try #require(
                try await sessions.rotate(
                    session.id, presented: first, successor: second, sealedSuccessor: [1, 2, 3], at: time,
                    idleExpiresAt: time + .days(7)))
            #expect(rotated.id == session.id)
            #expect(rotated.idleExpiresAt == time + .days(7))
            #expect(rotated.expiresAt == session.expiresAt)
            #expect(rotated.authenticatedAt == session.authenticatedAt)
            let state = try #require(try await sessions.refreshState(of: session.id))
            #expect(state.session == rotated)
            #expect(
                state.refresh
                    == RefreshState(
                        hash: second, generation: 1, parentHash: first, sealedSuccessor: [1, 2, 3], rotatedAt: time))

            let again = try await sessions.rotate(
                session.id, presented: second, successor: third, sealedSuccessor: [4], at: time + .hours(1),
                idleExpiresAt: time + .days(7))
            #expect(again != nil)
            #expect(
                try await sessions.refreshState(of: session.id)?.refresh
                    == RefreshState(
                        hash: third, generation: 2, parentHash: second, sealedSuccessor: [4],
                        rotatedAt: time + .hours(1)))
        },
        Contract("only the current token of a live session rotates") { context in
            let user = try await context.addUser()
            let sessions = context.system.sessions
            func rotates(_ id: ID<Session>, _ presented: [UInt8], at time: Timestamp) async throws -> Bool {
                try await sessions.rotate(
                    id, presented: presented, successor: context.makeHash(), sealedSuccessor: [1], at: time,
                    idleExpiresAt: time + .days(7)) != nil
            }
            let (session, first) = try await context.addSession(of: user)
            #expect(try await rotates(session.id, context.makeHash(), at: context.now) == false)
            #expect(try await rotates(context.makeID(), first, at: context.now) == false)
            #expect(try await rotates(session.id, first, at: context.now))
            #expect(try await rotates(session.id, first, at: context.now) == false)
            #expect(try await sessions.refreshState(of: session.id)?.refresh.generation == 1)

            let (idle, idleHash) = try await context.addSession(of: user, idle: .hours(1))
            #expect(try await rotates(idle.id, idleHash, at: context.now + .hours(2)) == false)
            let (old, oldHash) = try await context.addSession(of: user, absolute: .hours(1))
            #expect(try await rotates(old.id, oldHash, at: context.now + .hours(2)) == false)
            let (ended, endedHash) = try await context.addSession(of: user)
            #expect(try await sessions.revoke(ended.id, of: user.id, reason: .signedOut, at: context.now))
            #expect(try await rotates(ended.id, endedHash, at: context.now) == false)
            #expect(try await sessions.refreshState(of: ended.id)?.refresh == RefreshState(hash: endedHash))
        },
        Contract("of 50 rotations of one token at once, one succeeds") { context in
            let user = try await context.addUser()
            let (session, hash) = try await context.addSession(of: user)
            let time = context.now
            let rotated = await race(50) { number in
                let successor = [UInt8](repeating: UInt8(number), count: 32)
                let session = try await context.system.sessions.rotate(
                    session.id, presented: hash, successor: successor, sealedSuccessor: [UInt8(number)], at: time,
                    idleExpiresAt: time + .days(7))
                return session == nil ? nil : number
            }
            let winners = try rotated.compactMap { try $0.get() }
            #expect(winners.count == 1)
            let refresh = try await context.system.sessions.refreshState(of: session.id)?.refresh
            #expect(refresh?.generation == 1)
            #expect(refresh?.sealedSuccessor == winners.map { UInt8($0) })
        },
        Contract("sealed successors made before a time are erased, and nothing else") { context in
            let user = try await context.addUser()
            let sessions = context.system.sessions
            var rotated: [Session] = []
            for seconds in 0..<3 {
                let (session, hash) = try await context.addSession(of: user)
                let time = context.now + .seconds(seconds)
                let result = try await sessions.rotate(
                    session.id, presented: hash, successor: context.makeHash(), sealedSuccessor: [9], at: time,
                    idleExpiresAt: time + .days(7))
                rotated.append(try #require(result))
            }
            _ = try await context.addSession(of: user)
            let before = try #require(try await sessions.refreshState(of: rotated[0].id))
            #expect(try await sessions.eraseSealedSuccessors(rotatedBefore: context.now + .seconds(1)) == 1)
            let after = try #require(try await sessions.refreshState(of: rotated[0].id))
            var expected = before.refresh
            expected.sealedSuccessor = nil
            #expect(after.refresh == expected)
            #expect(after.session == before.session)
            #expect(try await sessions.refreshState(of: rotated[1].id)?.refresh.sealedSuccessor == [9])
            #expect(try await sessions.eraseSealedSuccessors(rotatedBefore: context.now + .minutes(1)) == 2)
            #expect(try await sessions.eraseSealedSuccessors(rotatedBefore: context.now + .minutes(1)) == 0)
        },
    ]
}
