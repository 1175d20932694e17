import Core
import Persistence
import Testing

extension Contracts {
    static let keyValues: [Contract] = [
        Contract("a value is read as it was written, until it expires") { context async throws in
            let store = context.keyValueStore
            let expiry = context.now + .minutes(1)
            #expect(try await store.read("login:ada", at: context.now) == nil)
            for (key, value) in [("empty", []), ("login:zo\u{E9} 🔑'\"\\%", [0, 255, 10])] as [(String, [UInt8])] {
                #expect(
                    try await store.write(key, value: value, ifVersion: nil, expiresAt: expiry, at: context.now))
                #expect(try await store.read(key, at: context.now)?.value == value)
                #expect(try await store.read(key, at: expiry - .microseconds(1))?.value == value)
                #expect(try await store.read(key, at: expiry) == nil)
                #expect(try await store.read(key + "x", at: context.now) == nil)
            }
        },
        Contract("a value is written only where it is at the expected version") { context in
            let store = context.keyValueStore
            func write(_ value: UInt8, ifVersion version: Int64?) async throws -> Bool {
                try await store.write(
                    "k", value: [value], ifVersion: version, expiresAt: context.now + .minutes(1), at: context.now)
            }
            #expect(try await write(1, ifVersion: 1) == false)
            #expect(try await write(1, ifVersion: nil))
            let first = try #require(try await store.read("k", at: context.now))
            #expect(try await write(2, ifVersion: nil) == false)
            #expect(try await store.read("k", at: context.now) == first)
            #expect(try await write(2, ifVersion: first.version))
            let second = try #require(try await store.read("k", at: context.now))
            #expect(second.value == [2])
            #expect(second.version != first.version)
            #expect(try await write(3, ifVersion: first.version) == false)
            #expect(try await store.read("k", at: context.now) == second)
        },
        Contract("an expired value is as good as absent") { context in
            let store = context.keyValueStore
            let expiry = context.now + .minutes(1)
            #expect(try await store.write("k", value: [1], ifVersion: nil, expiresAt: expiry, at: context.now))
            let old = try #require(try await store.read("k", at: context.now))
            let later = expiry + .minutes(1)
            #expect(
                try await store.write("k", value: [2], ifVersion: old.version, expiresAt: later, at: expiry) == false)
            #expect(try await store.write("k", value: [3], ifVersion: nil, expiresAt: later, at: expiry))
            #expect(try await store.read("k", at: expiry)?.value == [3])
            #expect(
                try await store.write("k", value: [4], ifVersion: old.version, expiresAt: later, at: expiry) == false)
        },
        Contract("a removed value is absent, and its version does not come again") { context in
            let store = context.keyValueStore
            let expiry = context.now + .minutes(1)
            try await store.remove("k")
            #expect(try await store.write("k", value: [1], ifVersion: nil, expiresAt: expiry, at: context.now))
            let old = try #require(try await store.read("k", at: context.now))
            try await store.remove("k")
            #expect(try await store.read("k", at: context.now) == nil)
            #expect(try await store.write("k", value: [2], ifVersion: nil, expiresAt: expiry, at: context.now))
            #expect(
                try await store.write("k", value: [3], ifVersion: old.version, expiresAt: expiry, at: context.now)
                    == false)
            #expect(try await store.read("k", at: context.now)?.value == [2])
        },
        Contract("of those who write an absent value at once, one does") { context async throws in
            let written = await race(50) { number in
                try await context.keyValueStore.write(
                    "k", value: [UInt8(number)], ifVersion: nil, expiresAt: context.now + .minutes(1), at: context.now)
            }
            #expect(try written.trues() == 1)
        },
        Contract("100 who count at once count to 100") { context async throws in
            let outcomes = await race(100) { _ in
                while true {
                    do {
                        return try await context.keyValueStore.update("count", at: context.now) { value in
                            (result: true, write: (value: [(value?.first ?? 0) + 1], context.now + .minutes(1)))
                        }
                    } catch DatabaseError.serializationFailure {}
                }
            }
            #expect(try outcomes.trues() == 100)
            #expect(try await context.keyValueStore.read("count", at: context.now)?.value == [100])
        },
        Contract("a limit of 10 lets 10 of 100 through who come at once") { context async throws in
            let outcomes = await race(100) { _ in
                try await context.keyValueStore.update("limit", at: context.now) { value in
                    let used = value?.first ?? 0
                    guard used < 10 else { return (result: false, write: nil) }
                    return (result: true, write: (value: [used + 1], context.now + .minutes(1)))
                }
            }
            #expect(try outcomes.trues() == 10)
            #expect(try await context.keyValueStore.read("limit", at: context.now)?.value == [10])
        },
        Contract("an update that writes nothing leaves the value, one that throws too") { context in
            let store = context.keyValueStore
            let expiry = context.now + .minutes(1)
            #expect(try await store.write("k", value: [1], ifVersion: nil, expiresAt: expiry, at: context.now))
            let before = try await store.read("k", at: context.now)
            let seen = try await store.update("k", at: context.now) { (result: $0, write: nil) }
            #expect(seen == [1])
            await #expect(throws: Abandoned()) {
                try await store.update("k", at: context.now) {
                    _ -> (result: Void, write: (value: [UInt8], expiresAt: Timestamp)?) in
                    throw Abandoned()
                }
            }
            #expect(try await store.read("k", at: context.now) == before)
            let expired = try await store.update("k", at: expiry) { (result: $0, write: nil) }
            #expect(expired == nil)
        },
    ]
}
