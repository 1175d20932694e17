import Foundation
import Testing

@testable import Auth

/// Memory belongs to a thread, so each test brings a pool of one.
@Suite(.timeLimit(.minutes(1)))
struct HashingMemoryTests {
    private let pool = HashingPool(threads: 1, cost: .milliseconds(80))
    private let hasher = PasswordHasher(parameters: .least)

    @Test func `a thread hashes in the same memory again, and elsewhere the hash is the same`() async throws {
        let (hasher, password) = (hasher, "quartz lantern ferry")
        let first = try await pool.run { [hasher] in
            (hash: try? hasher.hash(password), memory: Self.address())
        }
        let second = try await pool.run { [hasher] in
            (isRight: try? hasher.verify(password, against: first.hash ?? ""), memory: Self.address())
        }
        #expect(second.isRight == true)
        #expect(first.memory != nil && second.memory == first.memory)
        #expect(HashingMemory.ofThread == nil)
        #expect(try hasher.verify(password, against: try #require(first.hash)))
        #expect(try !hasher.verify("quartz lantern ferries", against: try #require(first.hash)))
    }

    @Test func `nothing of a password stays in it`() async throws {
        let left = try await pool.run { [hasher] in
            _ = try? hasher.hash("quartz lantern ferry")
            let count = Int(hasher.parameters.memoryKiB) * 1024
            let bytes = UnsafeRawBufferPointer(start: HashingMemory.ofThread?.bytes(count), count: count)
            return bytes.contains { $0 != 0 }
        }
        #expect(!left)
    }

    @Test func `a hash that needs more gets more, and what is given back is taken anew`() async throws {
        let sizes = try await pool.run {
            let memory = HashingMemory()
            let small = memory.bytes(4096) != nil
            let large = memory.bytes(8 << 20)
            large?.storeBytes(of: 1, toByteOffset: (8 << 20) - 1, as: UInt8.self)
            let same = memory.bytes(4096) == large
            memory.giveBack()
            return [small, large != nil, same, memory.bytes(1 << 20) != nil]
        }
        #expect(sizes == [true, true, true, true])
    }

    @Test func `more than the system has is refused`() {
        #expect(HashingMemory().bytes(1 << 60) == nil)
    }

    private static func address() -> UInt? {
        HashingMemory.ofThread?.bytes(1).map { UInt(bitPattern: $0) }
    }
}
