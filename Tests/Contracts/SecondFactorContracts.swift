import Core
import Persistence
import Testing

extension Contracts {
    static let secondFactors: [Contract] = [
        Contract("an authenticator is set up anew until it is confirmed, and then stays") { context async throws in
            let user = try await context.addUser()
            let factors = context.system.secondFactors
            #expect(try await factors.authenticator(of: user.id) == nil)
            for secret in [[UInt8]]([[1], [2]]) {
                #expect(try await factors.setAuthenticator(of: user.id, sealedSecret: secret, at: context.now))
                let unconfirmed = Authenticator(sealedSecret: secret, createdAt: context.now)
                #expect(try await factors.authenticator(of: user.id) == unconfirmed)
            }
            @Sendable func confirm(_ secret: [UInt8]) async throws -> Bool {
                try await factors.confirmAuthenticator(of: user.id, sealedSecret: secret, step: 7, at: context.now)
            }
            #expect(try await factors.useCode(of: user.id, step: 6) == false)
            #expect(try await confirm([1]) == false)
            #expect(try await confirm([2]))
            #expect(try await confirm([2]) == false)
            #expect(try await factors.setAuthenticator(of: user.id, sealedSecret: [3], at: context.now) == false)
            #expect(
                try await factors.authenticator(of: user.id)
                    == Authenticator(
                        sealedSecret: [2], createdAt: context.now, confirmedAt: context.now, lastStep: 7))
            #expect(try await factors.removeAuthenticator(of: user.id))
            #expect(try await factors.removeAuthenticator(of: user.id) == false)
            #expect(try await factors.authenticator(of: user.id) == nil)
        },
        Contract("a code works for one of 50 who bring it at once, and no earlier one after it") {
            context async throws in
            let user = try await context.addUser()
            let factors = context.system.secondFactors
            _ = try await factors.setAuthenticator(of: user.id, sealedSecret: [1], at: context.now)
            _ = try await factors.confirmAuthenticator(of: user.id, sealedSecret: [1], step: 7, at: context.now)
            #expect(try await factors.useCode(of: user.id, step: 7) == false)
            let uses = await race(50) { _ in try await context.system.secondFactors.useCode(of: user.id, step: 9) }
            #expect(try uses.trues() == 1)
            #expect(try await factors.useCode(of: user.id, step: 8) == false)
            #expect(try await factors.authenticator(of: user.id)?.lastStep == 9)
        },
        Contract("a recovery code works for one of 50, and all are replaced together") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let factors = context.system.secondFactors
            let (first, second) = (context.makeHash(), context.makeHash())
            try await factors.replaceRecoveryCodes(of: ada.id, with: [first, second], at: context.now)
            try await factors.replaceRecoveryCodes(of: grace.id, with: [first], at: context.now)
            let uses = await race(50) { _ in
                try await context.system.secondFactors.useRecoveryCode(of: ada.id, hash: first)
            }
            #expect(try uses.trues() == 1)
            #expect(try await factors.recoveryCodeCount(of: ada.id) == 1)
            #expect(try await factors.recoveryCodeCount(of: grace.id) == 1)
            try await factors.replaceRecoveryCodes(of: ada.id, with: [first], at: context.now)
            #expect(try await factors.useRecoveryCode(of: ada.id, hash: second) == false)
            try await factors.replaceRecoveryCodes(of: ada.id, with: [], at: context.now)
            #expect(try await factors.recoveryCodeCount(of: ada.id) == 0)
        },
        Contract("authenticators are read in the order of their people, and sealed anew where nobody else did") {
            context async throws in
            let factors = context.system.secondFactors
            var people: [ID<User>] = []
            for secret in 1...5 as ClosedRange<UInt8> {
                let user = try await context.addUser()
                people.append(user.id)
                _ = try await factors.setAuthenticator(of: user.id, sealedSecret: [secret], at: context.now)
            }
            people.sort()
            let first = try await factors.authenticators(after: nil, limit: 3)
            let rest = try await factors.authenticators(after: first.last?.user, limit: 3)
            #expect((first + rest).map(\.user) == people)
            let old = first[0].authenticator.sealedSecret
            #expect(try await factors.resealAuthenticator(of: people[0], from: [9], to: [8]) == false)
            #expect(try await factors.resealAuthenticator(of: people[0], from: old, to: [8]))
            #expect(try await factors.authenticator(of: people[0])?.sealedSecret == [8])
        },
        Contract("another person's second factors are not there") { context async throws in
            let (ada, grace) = (try await context.addUser(), try await context.addUser())
            let (own, others) = (context.store(of: ada).secondFactors, context.store(of: grace).secondFactors)
            let code = context.makeHash()
            #expect(try await own.setAuthenticator(of: ada.id, sealedSecret: [1], at: context.now))
            try await own.replaceRecoveryCodes(of: ada.id, with: [code], at: context.now)
            #expect(try await others.authenticator(of: ada.id) == nil)
            #expect(try await others.recoveryCodeCount(of: ada.id) == 0)
            #expect(try await others.useRecoveryCode(of: ada.id, hash: code) == false)
            #expect(try await others.removeAuthenticator(of: ada.id) == false)
            #expect(
                try await others.confirmAuthenticator(of: ada.id, sealedSecret: [1], step: 1, at: context.now) == false)
            #expect(try await own.authenticator(of: ada.id) != nil)
        },
    ]

    static let spentChallenges: [Contract] = [
        Contract("a challenge is spent by one of 50 at once") { context async throws in
            let hash = context.makeHash()
            let spent = await race(50) { _ in
                try await context.system.spentChallenges.insert(hash: hash, expiresAt: context.now)
            }
            #expect(try spent.trues() == 1)
        },
        Contract("a challenge whose unit of work failed is not spent, and expired ones are forgotten") {
            context async throws in
            struct Failure: Error {}
            let hash = context.makeHash()
            await #expect(throws: Failure.self) {
                try await context.database.transaction(.system, repetition: .allowed) { store async throws in
                    _ = try await store.spentChallenges.insert(hash: hash, expiresAt: context.now)
                    throw Failure()
                }
            }
            let challenges = context.system.spentChallenges
            #expect(try await challenges.insert(hash: hash, expiresAt: context.now))
            #expect(try await challenges.removeExpired(before: context.now) == 0)
            #expect(try await challenges.removeExpired(before: context.now + .microseconds(1)) == 1)
            #expect(try await challenges.insert(hash: hash, expiresAt: context.now))
        },
    ]
}
