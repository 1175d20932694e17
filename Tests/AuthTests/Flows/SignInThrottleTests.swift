import Core
import Fakes
import Testing

@testable import Auth

struct SignInThrottleTests {
    @Test(arguments: ["ada@example.com", "nobody@example.com"])
    func `of fifty wrong passwords at once ten are looked at`(email: String) async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let tries = await race(50) { index in
            try await fixture.signIn(
                email, password: AccountsFixture.wrong, origin: AccountsFixture.origin(index))
        }
        #expect(fixture.hashing.verifications == 10)
        #expect(tries.failures(.invalidCredentials) == 10)
        #expect(tries.failures(.throttled(retryAfter: .minutes(1))) == 40)
    }

    @Test func `the waits double, and the right password does not pass them`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        try await exhaust(fixture)
        for minutes in [1, 2, 4, 8, 15, 15] as [Int64] {
            await #expect(throws: AuthError.throttled(retryAfter: .minutes(minutes))) { try await fixture.signIn() }
            fixture.time.advance(by: .minutes(minutes))
            await #expect(throws: AuthError.invalidCredentials) {
                try await fixture.signIn(password: AccountsFixture.wrong, origin: .none)
            }
        }
        fixture.time.advance(by: .minutes(15))
        _ = try await fixture.signIn()
        _ = try await fixture.signIn()
    }

    @Test func `a known device keeps its own count, so nobody locks the owner out`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        let device = try await fixture.signIn().device
        try await exhaust(fixture)
        await #expect(throws: AuthError.throttled(retryAfter: .minutes(1))) { try await fixture.signIn() }
        let again = try await fixture.signIn(device: DeviceToken(device.text))
        #expect(again.device == device)
        let (before, tries) = (
            fixture.hashing.verifications,
            await race(50) { index in
                try await fixture.signIn(
                    password: AccountsFixture.wrong, device: device, origin: AccountsFixture.origin(index))
            }
        )
        #expect(fixture.hashing.verifications == before + 10)
        #expect(tries.failures(.invalidCredentials) == 10)
    }

    @Test func `another account's device, or a made-up one, has no count of its own`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        try await fixture.addUser("eve@example.com")
        let other = try await fixture.signIn("eve@example.com").device
        try await exhaust(fixture)
        let madeUp = try #require(DeviceToken(Base64URL.encode([UInt8](repeating: 7, count: 64))))
        for device in [other, madeUp] {
            await #expect(throws: AuthError.throttled(retryAfter: .minutes(1))) {
                try await fixture.signIn(device: device)
            }
        }
    }

    @Test func `one address block gets thirty failures, over all accounts`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        for index in 0..<30 {
            await #expect(throws: AuthError.invalidCredentials) {
                try await fixture.signIn(
                    "guess\(index)@example.com", password: AccountsFixture.wrong,
                    origin: RequestOrigin(ip: "2001:db8::\(index)"))
            }
        }
        await #expect(throws: AuthError.throttled(retryAfter: .minutes(5))) {
            try await fixture.signIn(origin: RequestOrigin(ip: "2001:db8::ffff:1"))
        }
        _ = try await fixture.signIn(origin: RequestOrigin(ip: "2001:db8:0:1::1"))
    }

    @Test func `an own account does not wipe out the failures of its address block`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        for index in 0..<30 {
            await #expect(throws: AuthError.invalidCredentials) {
                try await fixture.signIn("guess\(index)@example.com", password: AccountsFixture.wrong)
            }
            if index < 29 { _ = try await fixture.signIn() }
        }
        await #expect(throws: AuthError.throttled(retryAfter: .minutes(5))) { try await fixture.signIn() }
    }

    @Test func `a locked account does not use up the tries of whoever asks`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        try await fixture.addUser("eve@example.com")
        try await exhaust(fixture)
        for _ in 0..<40 {
            await #expect(throws: AuthError.throttled(retryAfter: .minutes(1))) { try await fixture.signIn() }
        }
        _ = try await fixture.signIn("eve@example.com")
    }

    @Test func `a try without an answer is not counted, and forgives none`() async throws {
        let fixture = try await AccountsFixture()
        try await fixture.addUser()
        for index in 0..<8 {
            await #expect(throws: AuthError.invalidCredentials) {
                try await fixture.signIn(password: AccountsFixture.wrong, origin: AccountsFixture.origin(index))
            }
        }
        fixture.hashing.change { $0.isOverloaded = true }
        for _ in 0..<40 {
            await #expect(throws: AuthError.overloaded(retryAfter: .seconds(2))) {
                try await fixture.signIn()
            }
        }
        fixture.hashing.change { $0.isOverloaded = false }
        for _ in 0..<2 {
            await #expect(throws: AuthError.invalidCredentials) {
                try await fixture.signIn(password: AccountsFixture.wrong)
            }
        }
        await #expect(throws: AuthError.throttled(retryAfter: .minutes(1))) { try await fixture.signIn() }
    }

    /// Ten failures, each from an address of its own.
    private func exhaust(_ fixture: AccountsFixture) async throws {
        for index in 0..<10 {
            await #expect(throws: AuthError.invalidCredentials) {
                try await fixture.signIn(password: AccountsFixture.wrong, origin: AccountsFixture.origin(index))
            }
        }
    }
}
