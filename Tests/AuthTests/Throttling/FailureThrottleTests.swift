import Core
import Testing

@testable import Auth

struct FailureThrottleTests {
    private let start = Timestamp(seconds: 1_767_225_600)

    /// What comes of a try at each of these moments, in whole seconds to wait; nil where it is allowed.
    private func waits(_ policy: ThrottlePolicy, at seconds: [Int64]) -> [Int64?] {
        var state = FailureThrottle()
        return seconds.map { second in
            switch state.reserve(policy, at: start + .seconds(second)) {
            case .allowed: nil
            case .denied(let retryAfter): retryAfter.secondsRoundedUp
            }
        }
    }

    @Test func `an account has 10 failures in 15 minutes, then waits of 1 minute doubling to 15`() {
        #expect(waits(.signInAccount, at: (0..<10).map { $0 }) == .init(repeating: nil, count: 10))
        var state = FailureThrottle()
        for second in 0..<10 { #expect(state.reserve(.signInAccount, at: start + .seconds(second)) == .allowed) }
        var last = start + .seconds(9)
        for minutes: Int64 in [1, 2, 4, 8, 15, 15, 15] {
            #expect(state.reserve(.signInAccount, at: last) == .denied(retryAfter: .minutes(minutes)))
            let early = last + .minutes(minutes) - .microseconds(1)
            #expect(state.reserve(.signInAccount, at: early) == .denied(retryAfter: .microseconds(1)))
            last = last + .minutes(minutes)
            // One try after each wait, and the next wait begins.
            #expect(state.reserve(.signInAccount, at: last) == .allowed)
        }
    }

    @Test func `never more than 10 in any 15 minutes before the waits`() {
        // Nine at the end of a quarter of an hour that began with one.
        #expect(
            waits(.signInAccount, at: [0] + Array(repeating: 890, count: 8) + [901, 902, 903]).suffix(3) == [
                nil, nil, 59,
            ])
    }

    @Test func `tries further apart are never held up`() {
        #expect(waits(.signInAccount, at: (0..<200).map { $0 * 101 }) == .init(repeating: nil, count: 200))
    }

    @Test func `a success resets an account, and so does a day`() {
        var state = FailureThrottle()
        for _ in 0..<10 { _ = state.reserve(.signInAccount, at: start) }
        var resetByDay = state
        state.release(.signInAccount)
        for _ in 0..<10 { #expect(state.reserve(.signInAccount, at: start) == .allowed) }
        let almostADay = start + .days(1) - .microseconds(1)
        var almost = resetByDay
        #expect(almost.reserve(.signInAccount, at: almostADay) == .allowed)
        #expect(almost.reserve(.signInAccount, at: almostADay) == .denied(retryAfter: .minutes(2)))
        for _ in 0..<10 { #expect(resetByDay.reserve(.signInAccount, at: start + .days(1)) == .allowed) }
        #expect(resetByDay.reserve(.signInAccount, at: start + .days(1)) == .denied(retryAfter: .minutes(1)))
    }

    @Test func `an address block has 30 failures in any 5 minutes`() {
        #expect(waits(.signInAddressBlock, at: Array(repeating: 0, count: 30)) == .init(repeating: nil, count: 30))
        let seconds = (0..<30).map(Int64.init) + [30, 299, 300, 300, 301]
        #expect(waits(.signInAddressBlock, at: seconds).suffix(5) == [270, 1, nil, 1, nil])
    }

    @Test func `a success of an address block gives back one try only`() {
        var state = FailureThrottle()
        for _ in 0..<30 { _ = state.reserve(.signInAddressBlock, at: start) }
        state.release(.signInAddressBlock)
        #expect(state.reserve(.signInAddressBlock, at: start) == .allowed)
        #expect(state.reserve(.signInAddressBlock, at: start) == .denied(retryAfter: .minutes(5)))
    }

    @Test func `a code has 5 tries`() {
        #expect(waits(.codeTries, at: [0, 1, 2, 3, 4, 5]) == [nil, nil, nil, nil, nil, 86_395])
    }

    @Test func `a mail goes once a minute and 5 times in any hour`() {
        #expect(
            waits(.mail, at: [0, 0, 59, 60, 61, 120, 180, 240, 300, 3599, 3600, 3600, 3660]) == [
                nil, 60, 1, nil, 59, nil, nil, nil, 3300, 1, nil, 60, nil,
            ])
    }

    @Test func `a denied try changes nothing`() {
        var state = FailureThrottle()
        for _ in 0..<5 { _ = state.reserve(.codeTries, at: start) }
        let before = state
        for second in 1..<100 { _ = state.reserve(.codeTries, at: start + .seconds(second)) }
        #expect(state == before)
    }

    @Test func `waits of any length and number stay finite`() {
        let policy = ThrottlePolicy(
            name: "x", limit: 0, window: .seconds(1),
            waits: .init(first: .days(1), longest: .days(36_500), forgottenAfter: .days(100_000)))
        #expect(policy.limit == 1)
        var state = FailureThrottle()
        var now = start
        for _ in 0..<100 {
            #expect(state.reserve(policy, at: now) == .allowed)
            guard case .denied(let wait) = state.reserve(policy, at: now) else {
                Issue.record("no wait")
                return
            }
            #expect(wait <= .days(36_500))
            now = now + wait
        }
    }

    @Test func `what is stored is read again, and nothing else`() throws {
        var state = FailureThrottle()
        for second in 0..<12 {
            #expect(FailureThrottle(encoded: state.encoded) == state)
            _ = state.reserve(.signInAccount, at: start + .seconds(second))
        }
        var block = FailureThrottle()
        for _ in 0..<30 { _ = block.reserve(.signInAddressBlock, at: start) }
        #expect(FailureThrottle(encoded: block.encoded) == block)
        #expect(block.encoded.count == 258)
        for length in 0..<block.encoded.count where (length - 2) % 8 != 0 || length < 18 {
            #expect(FailureThrottle(encoded: Array(block.encoded.prefix(length))) == nil)
        }
        #expect(FailureThrottle(encoded: [9] + block.encoded.dropFirst()) == nil)
        #expect(FailureThrottle(encoded: [1, 255] + block.encoded.dropFirst(2)) == nil)
    }

    @Test func `a record is kept as long as it matters`() {
        var state = FailureThrottle()
        _ = state.reserve(.signInAccount, at: start)
        #expect(state.endsAt(.signInAccount) == start + .minutes(15))
        for _ in 0..<9 { _ = state.reserve(.signInAccount, at: start) }
        #expect(state.endsAt(.signInAccount) == start + .days(1))
    }
}
