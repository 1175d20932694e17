import Core
import Persistence
import Testing

extension Contracts {
    static let sealedKeys: [Contract] = [
        Contract("signing keys are read as they were written until they retire, oldest first") { context async throws in
            let keys = context.system.sealedKeys
            let (long, late) = (context.now + .days(1000), context.now)
            let middle = SealedSigningKey.sample(context, createdAt: late, retiresAfter: .days(90))
            let oldest = SealedSigningKey(
                keyID: "oldest", sealedPrivateKey: [0, 255], createdAt: late - .days(30), activeFrom: late - .days(29),
                retiresAt: late + .days(60), revokedAt: late - .days(1))
            let newest = SealedSigningKey.sample(context, createdAt: late + .microseconds(1), retiresAfter: .days(120))
            for key in [middle, oldest, newest] { #expect(try await keys.insert(key, unlessActiveFrom: long)) }
            #expect(try await keys.signingKeys(at: late) == [oldest, middle, newest])
            #expect(try await keys.signingKeys(at: late + .days(61)) == [middle, newest])
            #expect(try await keys.signingKeys(at: late + .days(91)) == [newest])
            #expect(try await keys.signingKeys(at: late + .days(121)) == [])
        },
        Contract("a key is killed once, by one of twenty, and sealed anew where nobody else did") {
            context async throws in
            let keys = context.system.sealedKeys
            let key = SealedSigningKey.sample(context)
            #expect(try await keys.insert(key, unlessActiveFrom: context.now))
            #expect(try await keys.reseal(key.keyID, from: [9], to: [1]) == false)
            #expect(try await keys.reseal(key.keyID, from: key.sealedPrivateKey, to: [1]))
            let killed = await race(20) { _ in
                try await context.system.sealedKeys.revoke(key.keyID, at: context.now)
            }
            #expect(try killed.trues() == 1)
            #expect(try await keys.revoke("another", at: context.now) == false)
            let stored = try #require(try await keys.signingKeys(at: context.now).first)
            #expect(stored.revokedAt == context.now && stored.sealedPrivateKey == [1])
        },
        Contract("one fingerprint takes the place of all that are remembered") { context async throws in
            let keys = context.system.sealedKeys
            _ = try await keys.rememberMasterKey(fingerprint: [1], at: context.now)
            for fingerprint in [[UInt8]]([[2], [2]]) {
                try await keys.replaceMasterKeys(fingerprint: fingerprint, at: context.now)
                #expect(try await keys.rememberMasterKey(fingerprint: [3], at: context.now) == [[2]])
            }
        },
        Contract("a key is not added when another becomes active at or after the given time") { context async throws in
            let keys = context.system.sealedKeys
            let first = SealedSigningKey.sample(context, activeAfter: .days(1))
            #expect(try await keys.insert(first, unlessActiveFrom: context.now))
            let second = SealedSigningKey.sample(context)
            #expect(try await keys.insert(second, unlessActiveFrom: first.activeFrom - .microseconds(1)) == false)
            #expect(try await keys.insert(second, unlessActiveFrom: first.activeFrom) == false)
            #expect(try await keys.signingKeys(at: context.now) == [first])
            #expect(try await keys.insert(second, unlessActiveFrom: first.activeFrom + .microseconds(1)))
            #expect(try await keys.signingKeys(at: context.now).count == 2)
        },
        Contract("of 20 instances that rotate at once, one adds its key") { context async throws in
            let time = context.now
            let added = await race(20) { _ in
                try await context.system.sealedKeys.insert(
                    .sample(context, activeAfter: .days(1)), unlessActiveFrom: time)
            }
            #expect(try added.trues() == 1)
            #expect(try await context.system.sealedKeys.signingKeys(at: time).count == 1)
        },
        Contract("the first master key is remembered and never replaced") { context async throws in
            let keys = context.system.sealedKeys
            let (first, second) = (context.makeHash(), context.makeHash())
            #expect(try await keys.rememberMasterKey(fingerprint: first, at: context.now) == [first])
            #expect(try await keys.rememberMasterKey(fingerprint: first, at: context.now) == [first])
            #expect(try await keys.rememberMasterKey(fingerprint: second, at: context.now - .days(1)) == [first])
        },
        Contract("of 20 instances that start with different master keys at once, all learn of the same one") {
            context async throws in
            let time = context.now
            let remembered = await race(20) { number in
                try await context.system.sealedKeys.rememberMasterKey(
                    fingerprint: [UInt8](repeating: UInt8(number), count: 32), at: time)
            }
            let known = Set(try remembered.map { try $0.get() })
            #expect(known.count == 1)
            #expect(known.first?.count == 1)
        },
    ]
}
