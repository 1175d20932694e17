import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct RequestLimiterTests {
    private let time = ManualTime()
    private let store = TestKeyValueStore()

    private func instance(capacity: Int = RequestLimiter.defaultCapacity) -> RequestLimiter {
        RequestLimiter(store: store, time: time.source, capacity: capacity)
    }

    /// How many of `count` requests released at once are allowed.
    private func burst(_ count: Int, limit: Int, over limiters: [RequestLimiter], key: String = "k") async throws -> Int
    {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask { try await limiters[number % limiters.count].take(key, limit: limit).allowed }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    @Test(arguments: [1, 5, 19, 120, 600, 1000])
    func `one instance gives out exactly the limit`(limit: Int) async throws {
        #expect(try await burst(limit + 200, limit: limit, over: [instance()]) == limit)
    }

    @Test(arguments: [120, 600])
    func `several instances together never exceed the limit`(limit: Int) async throws {
        let limiters = (0..<4).map { _ in instance() }
        let allowed = try await burst(limit * 3, limit: limit, over: limiters)
        #expect(allowed <= limit)
        // Each other instance may sit on what is left of a chunk.
        #expect(allowed > limit - limiters.count * limit / 20)
        #expect(try await burst(limit, limit: limit, over: limiters) <= limit - allowed)
    }

    @Test func `the store is asked once for a twentieth of the limit, and not at all beyond it`() async throws {
        let limiter = instance()
        for _ in 0..<600 { #expect(try await limiter.take("k", limit: 600).allowed) }
        #expect(await store.reads == 20)
        for _ in 0..<600 { #expect(try await !limiter.take("k", limit: 600).allowed) }
        #expect(await store.reads == 20)
    }

    @Test func `of many requests at once for one key one asks the store`() async throws {
        #expect(try await burst(25, limit: 600, over: [instance()]) == 25)
        #expect(await store.reads == 1)
    }

    @Test func `memory answers until the store has to be asked`() async throws {
        let limiter = instance()
        #expect(limiter.takeLocally("k", limit: 40) == nil)
        #expect(try await limiter.take("k", limit: 40).remaining == 39)
        let next = limiter.takeLocally("k", limit: 40)
        #expect(next == RequestLimit(limit: 40, remaining: 38, resetAfter: .seconds(60), allowed: true))
        #expect(limiter.takeLocally("k", limit: 40) == nil)
        #expect(limiter.takeLocally("other", limit: 40) == nil)
    }

    @Test func `an answer tells what is left and when the window ends`() async throws {
        let limiter = instance()
        for left in (0..<5).reversed() {
            let answer = try await limiter.take("k", limit: 5)
            #expect(answer == RequestLimit(limit: 5, remaining: left, resetAfter: .seconds(60), allowed: true))
        }
        time.advance(by: .seconds(45))
        let refused = RequestLimit(limit: 5, remaining: 0, resetAfter: .seconds(15), allowed: false)
        #expect(try await limiter.take("k", limit: 5) == refused)
        #expect(limiter.takeLocally("k", limit: 5) == refused)
        #expect(try await instance().take("k", limit: 5) == refused)
    }

    @Test func `a new window begins after 60 s`() async throws {
        let limiter = instance()
        #expect(try await burst(10, limit: 5, over: [limiter]) == 5)
        time.advance(by: .seconds(60) - .microseconds(1))
        #expect(try await burst(10, limit: 5, over: [limiter]) == 0)
        time.advance(by: .microseconds(1))
        #expect(try await burst(10, limit: 5, over: [limiter]) == 5)
    }

    @Test func `keys, and limits of one key, are counted apart`() async throws {
        let limiter = instance()
        #expect(try await burst(10, limit: 5, over: [limiter], key: "a") == 5)
        #expect(try await burst(10, limit: 5, over: [limiter], key: "b") == 5)
        #expect(try await burst(10, limit: 6, over: [limiter], key: "a") == 6)
    }

    @Test(arguments: [0, -1, Int.min])
    func `a limit below 1 is 1`(limit: Int) async throws {
        #expect(try await burst(5, limit: limit, over: [instance()]) == 1)
    }

    @Test func `without the store each instance counts to the limit alone`() async throws {
        await store.fail(true)
        let limiters = [instance(), instance()]
        #expect(try await burst(300, limit: 120, over: limiters) == 240)
        let reads = await store.reads
        // It is left alone for a while, whatever the key.
        for key in 0..<50 { _ = try await limiters[0].take("\(key)", limit: 120) }
        #expect(await store.reads == reads)
        await store.fail(false)
        time.advance(by: RequestLimiter.storeRest)
        #expect(try await limiters[0].take("later", limit: 120).allowed)
        #expect(await store.reads == reads + 1)
    }

    @Test func `a cancelled request does not make the store look broken`() async throws {
        let limiter = instance()
        await store.cancelCallers(true)
        await withThrowingTaskGroup(of: RequestLimit.self) { group in
            group.addTask { try await limiter.take("k", limit: 5) }
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
        await store.cancelCallers(false)
        #expect(try await burst(10, limit: 5, over: [limiter]) == 5)
        #expect(await store.keys.count == 1)
    }

    @Test func `no more keys are remembered than it may, and none exceeds its limit for that`() async throws {
        let shard = RequestLimiterShard(capacity: 100)
        let lease = SharedWindow.Lease(endsAt: time.now + .seconds(60), granted: 6, untaken: 114)
        for number in 0..<10_000 {
            _ = shard.becomesLeader(of: "\(number)")
            #expect(shard.finish("\(number)", limit: 120, lease: lease, at: time.now)?.allowed == true)
        }
        #expect(shard.count <= 100)
        let small = instance(capacity: 16)
        var allowed = 0
        for _ in 0..<100 {
            for other in 0..<5 { _ = try await small.take("other-\(other)", limit: 1_000_000) }
            if try await small.take("k", limit: 60).allowed { allowed += 1 }
        }
        #expect(allowed <= 60)
    }

    @Test func `no address is stored in clear`() async throws {
        _ = try await instance().take("203.0.113.7", limit: 120)
        #expect(await store.keys.allSatisfy { !$0.contains("203.0.113.7") })
    }
}

struct SharedWindowTests {
    private let now = Timestamp(seconds: 1_767_225_600)

    @Test func `what is stored is read again`() {
        var window = SharedWindow(encoded: nil, at: now)
        #expect(window.lease(limit: 600) == .init(endsAt: now + .seconds(60), granted: 30, untaken: 570))
        #expect(SharedWindow(encoded: window.encoded, at: now + .seconds(59)) == window)
        #expect(SharedWindow(encoded: window.encoded, at: now + .seconds(60)).taken == 0)
    }

    @Test(arguments: [[], [1], [UInt8](repeating: 255, count: 16), [UInt8](repeating: 127, count: 16)])
    func `anything else is a new window`(bytes: [UInt8]) {
        #expect(SharedWindow(encoded: bytes, at: now) == SharedWindow(encoded: nil, at: now))
    }

    @Test func `a clock that was wrong does not hold up a key`() {
        let window = SharedWindow(encoded: nil, at: now + .hours(1))
        #expect(SharedWindow(encoded: window.encoded, at: now).endsAt == now + .seconds(60))
    }

    @Test func `a lower limit than before gives nothing more`() {
        var window = SharedWindow(encoded: nil, at: now)
        for _ in 0..<20 { _ = window.lease(limit: 600) }
        #expect(window.lease(limit: 120) == .init(endsAt: now + .seconds(60), granted: 0, untaken: 0))
    }
}

struct RecentEntriesTests {
    @Test func `what is used stays, what is not goes`() {
        var entries = RecentEntries<Int, Int>(capacity: 10)
        for number in 0..<1000 {
            entries[number] = number
            #expect(entries[0] == 0)
            #expect(entries[number] == number)
            #expect(entries.count <= 10)
        }
        #expect(entries[1] == nil)
        entries[0] = nil
        #expect(entries[0] == nil)
        entries.removeAll()
        #expect(entries.count == 0)
    }
}
