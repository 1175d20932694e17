import Core
import Foundation
import Testing

struct TimestampTests {
    private let last = Timestamp(microseconds: .max)
    private let first = Timestamp(microseconds: .min)

    @Test func `durations are added and taken away to the microsecond`() {
        let time = Timestamp(microseconds: 1_500_000)
        #expect(time + .microseconds(1) == Timestamp(microseconds: 1_500_001))
        #expect(time - .seconds(2) == Timestamp(microseconds: -500_000))
        #expect(time + .zero == time)
        #expect(time - .milliseconds(1500) == Timestamp(seconds: 0))
    }

    @Test func `beyond the last moment is the last moment`() {
        #expect(last + .microseconds(1) == last)
        #expect(last + .seconds(Int64.max) == last)
        #expect(last - .microseconds(-1) == last)
        #expect(first - .microseconds(1) == first)
        #expect(first + .seconds(Int64.min) == first)
        #expect(Timestamp(seconds: 0) + .seconds(9_223_372_036_854) + .microseconds(999_999) == last)
        #expect(Timestamp(seconds: 0) + (.seconds(9_223_372_036_854) + .microseconds(999_999)) == last)
        #expect(Timestamp(seconds: 0) - (.seconds(9_223_372_036_854) + .microseconds(999_999)) == first)
        #expect(Timestamp(seconds: .max) == last)
        #expect(Timestamp(seconds: .min) == first)
        #expect(last - first == .microseconds(Int64.max))
        #expect(first - last == .microseconds(Int64.min))
    }

    @Test func `the time between two moments is signed`() {
        let time = Timestamp(seconds: 10)
        #expect(time - Timestamp(seconds: 4) == .seconds(6))
        #expect(Timestamp(seconds: 4) - time == .seconds(-6))
        #expect(time - time == .zero)
    }

    @Test(
        arguments: [
            (-1_000_001, -2), (-1_000_000, -1), (-1, -1), (0, 0), (1, 0), (999_999, 0), (1_000_000, 1),
            (Int64.max, 9_223_372_036_854), (Int64.min, -9_223_372_036_855),
        ] as [(Int64, Int64)])
    func `seconds are rounded down`(microseconds: Int64, seconds: Int64) {
        #expect(Timestamp(microseconds: microseconds).seconds == seconds)
    }

    @Test func `moments are ordered`() {
        let times = [first, Timestamp(microseconds: -1), Timestamp(seconds: 0), Timestamp(microseconds: 1), last]
        #expect(times.shuffled().sorted() == times)
    }

    @Test func `the system's time is the time Foundation has`() {
        let before = Date.now.timeIntervalSince1970
        let time = Double(TimeSource.system.now().microseconds) / 1e6
        let after = Date.now.timeIntervalSince1970
        #expect(time >= before - 0.001)
        #expect(time <= after + 0.001)
    }

    @Test func `units of time are what they say`() {
        #expect(Duration.minutes(2) == .seconds(120))
        #expect(Duration.hours(2) == .seconds(7200))
        #expect(Duration.days(2) == .seconds(172_800))
        #expect(Duration.milliseconds(-1).microseconds == -1000)
        #expect(Duration.nanoseconds(1999).microseconds == 1)
        #expect(Duration.nanoseconds(-1999).microseconds == -1)
        #expect(Duration.seconds(Int64.max).microseconds == .max)
        #expect(Duration.seconds(Int64.min).microseconds == .min)
    }

    @Test(
        arguments: [
            (.zero, 0), (.nanoseconds(1), 1), (.milliseconds(1), 1), (.seconds(1), 1), (.milliseconds(1001), 2),
        ] as [(Duration, Int64)])
    func `what Retry-After says is never too early`(duration: Duration, seconds: Int64) {
        #expect(duration.secondsRoundedUp == seconds)
    }
}
