import Core
import Persistence
import Testing

extension Contracts {
    static let idempotency: [Contract] = [
        Contract("a completed key replays its answer until it expires") { context in
            let key = IdempotencyKey.sample(context)
            let hash = context.makeHash()
            let answer: [UInt8] = [0, 255, 1]
            let expiry = context.now + .hours(24)
            try await context.database.transaction(.system) { store in
                #expect(try await store.idempotency.claim(key, requestHash: hash, at: context.now) == .claimed)
                try await store.idempotency.complete(key, status: 201, sealedResponse: answer, expiresAt: expiry)
            }
            let records = context.system.idempotency
            let replay = IdempotencyClaim.replay(status: 201, sealedResponse: answer)
            #expect(try await records.find(key, requestHash: hash, at: context.now) == replay)
            #expect(try await records.find(key, requestHash: context.makeHash(), at: context.now) == .mismatch)
            #expect(try await records.find(key, requestHash: hash, at: expiry) == nil)
            #expect(try await records.find(.sample(context), requestHash: hash, at: context.now) == nil)
            #expect(try await records.claim(key, requestHash: hash, at: context.now) == replay)
            #expect(try await records.claim(key, requestHash: hash, at: expiry - .microseconds(1)) == replay)
            #expect(try await records.claim(key, requestHash: context.makeHash(), at: context.now) == .mismatch)
            let another = context.makeHash()
            #expect(try await records.claim(key, requestHash: another, at: expiry + .microseconds(1)) == .claimed)
            #expect(try await records.claim(key, requestHash: another, at: expiry + .microseconds(2)) == .inProgress)
        },
        Contract("a key claimed without an answer is in progress") { context in
            let key = IdempotencyKey.sample(context)
            let hash = context.makeHash()
            let records = context.system.idempotency
            #expect(try await records.claim(key, requestHash: hash, at: context.now) == .claimed)
            #expect(try await records.claim(key, requestHash: hash, at: context.now) == .inProgress)
            #expect(try await records.claim(key, requestHash: context.makeHash(), at: context.now) == .mismatch)
            try await context.database.transaction(.system) { store async throws in
                #expect(try await store.idempotency.claim(key, requestHash: hash, at: context.now) == .inProgress)
            }
        },
        Contract("keys differ by principal, method, path and key") { context async throws in
            let key = IdempotencyKey(principal: "key:1", method: "POST", path: "/a", key: "k")
            let others = [
                IdempotencyKey(principal: "key:2", method: "POST", path: "/a", key: "k"),
                IdempotencyKey(principal: "key:1", method: "PUT", path: "/a", key: "k"),
                IdempotencyKey(principal: "key:1", method: "POST", path: "/b", key: "k"),
                IdempotencyKey(principal: "key:1", method: "POST", path: "/a", key: "K"),
            ]
            for key in [key] + others {
                #expect(try await context.system.idempotency.claim(key, requestHash: [1], at: context.now) == .claimed)
            }
        },
        Contract("a claim is rolled back with its unit of work") { context async throws in
            let key = IdempotencyKey.sample(context)
            await #expect(throws: Abandoned()) {
                try await context.database.transaction(.system) { store in
                    #expect(try await store.idempotency.claim(key, requestHash: [1], at: context.now) == .claimed)
                    throw Abandoned()
                }
            }
            #expect(try await context.system.idempotency.claim(key, requestHash: [2], at: context.now) == .claimed)
        },
        Contract("a claim that a running unit of work holds is in progress for others") { context in
            let key = IdempotencyKey.sample(context)
            let (claimed, asked) = (Gate(), Gate())
            async let unit: Void = context.database.transaction(.system) { store in
                defer { claimed.open() }
                #expect(try await store.idempotency.claim(key, requestHash: [1], at: context.now) == .claimed)
                claimed.open()
                await asked.passed()
                try await store.idempotency.complete(
                    key, status: 200, sealedResponse: [7], expiresAt: context.now + .hours(1))
            }
            defer { asked.open() }
            await claimed.passed()
            #expect(try await context.system.idempotency.claim(key, requestHash: [1], at: context.now) == .inProgress)
            try await context.database.transaction(.system) { store async throws in
                #expect(try await store.idempotency.claim(key, requestHash: [1], at: context.now) == .inProgress)
            }
            asked.open()
            try await unit
            let replay = IdempotencyClaim.replay(status: 200, sealedResponse: [7])
            #expect(try await context.system.idempotency.claim(key, requestHash: [1], at: context.now) == replay)
        },
        Contract("of 20 equal requests at once, one has its effect") { context in
            let key = IdempotencyKey.sample(context)
            let outcomes = await race(20) { _ in
                try await context.database.transaction(.system) { store in
                    let claim = try await store.idempotency.claim(key, requestHash: [1], at: context.now)
                    guard claim == .claimed else { return claim }
                    try await store.jobs.enqueue(.sample(context))
                    try await store.idempotency.complete(
                        key, status: 202, sealedResponse: [7], expiresAt: context.now + .hours(1))
                    return claim
                }
            }
            let claims = try outcomes.map { try $0.get() }
            #expect(claims.count { $0 == .claimed } == 1)
            let replay = IdempotencyClaim.replay(status: 202, sealedResponse: [7])
            #expect(claims.allSatisfy { [.claimed, .inProgress, replay].contains($0) })
            #expect(try await context.system.jobs.list(name: "mail.send", page: PageRequest()).items.count == 1)
            #expect(try await context.system.idempotency.claim(key, requestHash: [1], at: context.now) == replay)
        },
        Contract("records that expired before a time are removed") { context in
            let records = context.system.idempotency
            var keys: [IdempotencyKey] = []
            for offset in [-1, 0, 1] {
                let key = IdempotencyKey.sample(context)
                #expect(try await records.claim(key, requestHash: [1], at: context.now - .hours(1)) == .claimed)
                try await records.complete(
                    key, status: 200, sealedResponse: [], expiresAt: context.now + .microseconds(offset))
                keys.append(key)
            }
            #expect(try await records.removeExpired(before: context.now) == 1)
            #expect(try await records.removeExpired(before: context.now) == 0)
            let replay = IdempotencyClaim.replay(status: 200, sealedResponse: [])
            let long = context.now - .minutes(1)
            #expect(try await records.claim(keys[0], requestHash: [1], at: long) == .claimed)
            #expect(try await records.claim(keys[1], requestHash: [1], at: long) == replay)
            #expect(try await records.claim(keys[2], requestHash: [1], at: long) == replay)
        },
    ]
}
