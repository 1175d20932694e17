import Dispatch
import Foundation
import Testing

@testable import Auth

@Suite(.timeLimit(.minutes(1)))
struct HashingPoolTests {
    @Test func `all work runs on the threads of the pool`() async throws {
        let pool = HashingPool(threads: 1, cost: .milliseconds(80))
        let threads = try await withThrowingTaskGroup(of: ObjectIdentifier.self) { group in
            for _ in 0..<20 { group.addTask { try await pool.run { ObjectIdentifier(Thread.current) } } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(threads.count == 1)
    }

    @Test func `its threads have a name, by which the system can be told where they run`() async throws {
        let pool = HashingPool(threads: 1, cost: .milliseconds(80))
        #expect(try await pool.run { Thread.current.name } == "hashing")
    }

    @Test func `a pool times a hash at start and then works`() async throws {
        let pool = HashingPool(threads: 2, calibratedFor: .least)
        #expect(try await pool.run { 1 } == 1)
    }

    @Test(arguments: [1, 3])
    func `beyond 20 a thread the next is refused`(threads: Int) async throws {
        let pool = HashingPool(threads: threads, cost: .milliseconds(80))
        let gate = DispatchSemaphore(value: 0)
        let accepted = 21 * threads
        let refused = 7
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<accepted + refused {
                group.addTask {
                    do {
                        try await pool.run { gate.wait() }
                        return true
                    } catch let overload as HashingPool.Overloaded {
                        #expect(overload.retryAfter >= .seconds(1))
                        return false
                    } catch {
                        Issue.record(error)
                        return false
                    }
                }
            }
            // While the threads are held up only refusals can come back.
            for _ in 0..<refused { #expect(await group.next() == false) }
            for _ in 0..<accepted { gate.signal() }
            for await isAccepted in group { #expect(isAccepted) }
        }
    }

    @Test func `cancelling takes waiting work out of the queue and makes room`() async throws {
        // A hash of 0.7 s leaves one place in the queue.
        let pool = HashingPool(threads: 1, cost: .milliseconds(700))
        let gate = DispatchSemaphore(value: 0)
        let (started, hasStarted) = AsyncStream<Void>.makeStream()
        async let first = pool.run {
            hasStarted.yield()
            gate.wait()
            return 1
        }
        for await _ in started { break }
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let _: Void = try await pool.run { Issue.record("cancelled work ran") }
            }
            while pool.waitingCount == 0 { await Task.yield() }
            await #expect(throws: HashingPool.Overloaded.self) { try await pool.run {} }
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
        #expect(pool.waitingCount == 0)
        async let third = pool.run { 3 }
        while pool.waitingCount == 0 { await Task.yield() }
        gate.signal()
        #expect(try await (first, third) == (1, 3))
    }

    @Test func `a task cancelled before it asks does no work`() async throws {
        let pool = HashingPool(threads: 1, cost: .milliseconds(80))
        await withThrowingTaskGroup(of: Void.self) { group in
            group.cancelAll()
            let gate = DispatchSemaphore(value: 0)
            async let holdUp: Void = pool.run { gate.wait() }
            group.addTask {
                let _: Void = try await pool.run { Issue.record("cancelled work ran") }
            }
            await #expect(throws: CancellationError.self) { try await group.next() }
            gate.signal()
            _ = try? await holdUp
        }
    }
}

struct HashingQueueTests {
    @Test(arguments: [
        (83, 1, 20), (83, 4, 80), (85, 1, 20), (86, 1, 19), (500, 2, 4), (900, 1, 1), (901, 1, 0), (2001, 1, 0),
        (0, 1, 20),
    ])
    func `no more may wait than are done within 1.8 s`(milliseconds: Int, threads: Int, capacity: Int) {
        #expect(HashingQueue(threads: threads, cost: .milliseconds(milliseconds)).capacity == capacity)
    }

    @Test func `an idle thread takes work however slow it is`() {
        var queue = HashingQueue(threads: 1, cost: .seconds(5))
        let now = ContinuousClock.now
        let isFirstAccepted = queue.join(work(1, at: now))
        #expect(isFirstAccepted)
        #expect(queue.next(at: now).work?.ticket == 1)
        let isSecondAccepted = queue.join(work(2, at: now))
        #expect(!isSecondAccepted)
        queue.finish(after: .seconds(5))
        let isThirdAccepted = queue.join(work(3, at: now))
        #expect(isThirdAccepted)
    }

    @Test func `what would not be done within 1.8 s is refused when its turn comes`() {
        var queue = HashingQueue(threads: 2, cost: .milliseconds(80))
        let now = ContinuousClock.now
        for (ticket, offset) in [(1, 0), (2, 1280), (3, 1281)] {
            _ = queue.join(work(UInt64(ticket), at: now + .milliseconds(offset)))
        }
        let (next, late) = queue.next(at: now + .milliseconds(3001))
        #expect(late.map(\.ticket) == [1, 2])
        #expect(next?.ticket == 3)
    }

    @Test func `hashes that have become slower let fewer wait, and faster ones more again`() {
        var queue = HashingQueue(threads: 1, cost: .milliseconds(100))
        let now = ContinuousClock.now
        func hash(_ milliseconds: Int) {
            _ = queue.join(work(1, at: now))
            _ = queue.next(at: now)
            queue.finish(after: .milliseconds(milliseconds))
        }
        #expect(queue.capacity == 17)
        for _ in 0..<40 { hash(300) }
        #expect(queue.capacity == 5)
        for _ in 0..<60 { hash(100) }
        #expect(queue.capacity == 16)
    }

    @Test func `work comes out in the order it came in`() {
        var queue = HashingQueue(threads: 1, cost: .milliseconds(80))
        let now = ContinuousClock.now
        for ticket in 1...3 { _ = queue.join(work(UInt64(ticket), at: now)) }
        #expect(queue.withdraw(2)?.ticket == 2)
        #expect(queue.withdraw(2) == nil)
        #expect(queue.next(at: now).work?.ticket == 1)
        #expect(queue.next(at: now).work?.ticket == 3)
        #expect(queue.next(at: now).work == nil)
    }

    private func work(_ ticket: UInt64, at time: ContinuousClock.Instant) -> HashingWork {
        HashingWork(ticket: ticket, submittedAt: time, perform: {}, refuse: { _ in })
    }
}
