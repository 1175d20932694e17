import Core
import Fakes
import Persistence
import Testing

@testable import Auth

struct ThrottleTests {
    private let time = ManualTime()
    private let store = TestKeyValueStore()

    private func instance() -> Throttle {
        Throttle(store: store, time: time.source)
    }

    /// How many of `count` tries released at once, on two instances, are let through.
    private func burst(_ count: Int, _ policy: ThrottlePolicy, key: String) async throws -> Int {
        let instances = [instance(), instance()]
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask { try await instances[number % 2].reserve(policy, key: key) == .allowed }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    @Test(arguments: [
        (ThrottlePolicy.signInAccount, 10), (.signInAddressBlock, 30), (.codeTries, 5), (.mail, 1),
    ])
    func `a parallel burst on two instances never exceeds the limit`(policy: ThrottlePolicy, limit: Int) async throws {
        #expect(try await burst(200, policy, key: "k") == limit)
        #expect(try await burst(50, policy, key: "k") == 0)
    }

    @Test func `after a wait a parallel burst has one try`() async throws {
        #expect(try await burst(50, .signInAccount, key: "k") == 10)
        time.advance(by: .minutes(1))
        #expect(try await burst(50, .signInAccount, key: "k") == 1)
    }

    @Test func `keys and policies are counted apart`() async throws {
        #expect(try await burst(20, .codeTries, key: "a") == 5)
        #expect(try await burst(20, .codeTries, key: "b") == 5)
        #expect(try await burst(20, .signInAccount, key: "a") == 10)
    }

    @Test func `a success resets an account on every instance`() async throws {
        #expect(try await burst(20, .signInAccount, key: "a") == 10)
        try await instance().release(.signInAccount, key: "a")
        #expect(try await burst(20, .signInAccount, key: "a") == 10)
    }

    @Test func `successes at once give back exactly what they took`() async throws {
        let throttle = instance()
        #expect(try await burst(30, .signInAddressBlock, key: "a") == 30)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<12 { group.addTask { try await throttle.release(.signInAddressBlock, key: "a") } }
            try await group.waitForAll()
        }
        #expect(try await burst(30, .signInAddressBlock, key: "a") == 12)
    }

    @Test func `a success without a reservation leaves nothing behind`() async throws {
        try await instance().release(.signInAddressBlock, key: "a")
        #expect(await store.keys.isEmpty)
    }

    @Test func `a refusal says when to come back`() async throws {
        _ = try await burst(10, .signInAccount, key: "a")
        time.advance(by: .seconds(20))
        #expect(try await instance().reserve(.signInAccount, key: "a") == .denied(retryAfter: .seconds(40)))
    }

    @Test func `no address is stored in clear`() async throws {
        _ = try await instance().reserve(.mail, key: "verify/john@example.org")
        let key = try #require(await store.keys.first)
        #expect(key.hasPrefix("throttle/mail/"))
        #expect(!key.contains("john"))
        #expect(key.count == "throttle/mail/".count + 32)
    }

    @Test func `without the store nothing is let through`() async throws {
        await store.fail(true)
        let unavailable = DatabaseError.unavailable(retryAfter: .seconds(1))
        await #expect(throws: unavailable) { try await instance().reserve(.codeTries, key: "a") }
    }
}

struct AddressBlockTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:c000:201", "192.0.2.1"),
        ("0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8:0:0::/64"),
        ("2001:DB8:0:0:ffff::9", "2001:db8:0:0::/64"), ("2001:db8:0:1::", "2001:db8:0:1::/64"), ("::1", "0:0:0:0::/64"),
    ])
    func `an address belongs to one block`(text: String, block: String) {
        #expect(AddressBlock(text)?.description == block)
    }

    @Test func `blocks are equal when their addresses are in one`() {
        #expect(AddressBlock("2001:db8::1") == AddressBlock("2001:db8::ffff:1:2:3"))
        #expect(AddressBlock("2001:db8:0:1::1") != AddressBlock("2001:db8:0:2::1"))
        #expect(AddressBlock("192.0.2.1") != AddressBlock("192.0.2.2"))
    }

    @Test(arguments: [
        "", " ", "localhost", "192.0.2", "192.0.2.256", "192.0.2.1:80", "192.0.2.1/32", "192.0.2.01", "[::1]",
        "::1%eth0",
        "2001:db8::/64", "1::2::3", " 192.0.2.1", "192.0.2.1\n", "192.0.2.1\u{0}", "١٩٢.0.2.1", "0x7f.1", "unknown",
        "12345::", String(repeating: "1", count: 10_000),
    ])
    func `anything else is no address`(text: String) {
        #expect(AddressBlock(text) == nil)
    }
}
