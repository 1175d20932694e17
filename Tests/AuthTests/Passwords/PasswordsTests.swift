import Fakes
import Foundation
import Testing

@testable import Auth

#if canImport(CDispatch)
    // Which of the modules that see C's timespec the compiler names as its home depends on what else is imported.
    import CDispatch
#endif

struct PasswordsTests {
    private let pool: HashingPool
    private let passwords: Passwords

    init() {
        pool = HashingPool(threads: 1, cost: .milliseconds(20))
        passwords = Passwords(parameters: .least, pool: pool, randomness: .seeded(1))
    }

    @Test func `the right password is told from a wrong one`() async throws {
        let phc = try await passwords.hash("correct horse")
        #expect(try await passwords.verify("correct horse", against: phc) == .right(needsRehash: false))
        #expect(try await passwords.verify("wrong horse", against: phc) == .wrong)
    }

    @Test func `a right password of a hash with weaker parameters asks for a rehash`() async throws {
        let stronger = Passwords(
            parameters: .init(memoryKiB: 20 * 1024, iterations: 2, parallelism: 1),
            pool: HashingPool(threads: 1, cost: .milliseconds(20)), randomness: .seeded(2))
        let phc = try await passwords.hash("correct horse")
        #expect(try await stronger.verify("correct horse", against: phc) == .right(needsRehash: true))
        #expect(try await stronger.verify("wrong horse", against: phc) == .wrong)
    }

    @Test(arguments: [nil, "", "no hash at all"])
    func `without a hash the answer is wrong after the same work`(phc: String?) async throws {
        let stored = try await passwords.hash("correct horse")
        let withAccount = try await work { try await passwords.verify("wrong horse", against: stored) }
        let without = try await work { try await passwords.verify("wrong horse", against: phc) }
        #expect(without > withAccount * 0.4)
        #expect(without < withAccount * 2.5)
    }

    /// What a wrong password costs the pool's one thread, whatever else the machine does.
    private func work(_ check: () async throws -> PasswordCheck) async throws -> Duration {
        let before = try await pool.run { threadTime() }
        #expect(try await check() == .wrong)
        return try await pool.run { threadTime() } - before
    }
}

private func threadTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
