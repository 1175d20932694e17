import Synchronization
import Testing

@testable import PersistenceInMemory

struct FairLockTests {
    /// What the tasks of a test saw.
    private final class Record: Sendable {
        let order = Mutex<[Int]>([])
        let inside = Mutex(0)
    }

    let lock = FairLock()
    private let record = Record()

    /// Until so many tasks wait for the lock.
    private func crowd(of count: Int) async {
        while lock.waiting < count { await Task.yield() }
    }

    @Test func `the lock goes to whoever has waited longest`() async throws {
        try await lock.acquire()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<10 {
                group.addTask {
                    try await lock.acquire()
                    record.order.withLock { $0.append(number) }
                    lock.release()
                }
                await crowd(of: number + 1)
            }
            lock.release()
            try await group.waitForAll()
        }
        #expect(record.order.withLock { $0 } == Array(0..<10))
    }

    @Test func `one at a time holds it`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await lock.acquire()
                    let others = record.inside.withLock { inside in
                        defer { inside += 1 }
                        return inside
                    }
                    #expect(others == 0)
                    await Task.yield()
                    record.inside.withLock { $0 -= 1 }
                    lock.release()
                }
            }
            try await group.waitForAll()
        }
        #expect(lock.waiting == 0)
    }

    @Test func `a cancelled task stops waiting and leaves the lock to the next`() async throws {
        try await lock.acquire()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { try await lock.acquire() }
            }
            await crowd(of: 1)
            group.cancelAll()
            await group.waitForAll()
        }
        #expect(lock.waiting == 0)
        lock.release()
        try await lock.acquire()
        lock.release()
    }

    @Test func `a task cancelled before does not get the lock`() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                await #expect(throws: CancellationError.self) { try await lock.acquire() }
            }
        }
        try await lock.acquire()
        lock.release()
    }
}
