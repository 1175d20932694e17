import Foundation

/// What clocks on the wall of a time zone show, and when they show it.
struct WallClock {
    private static let minutesPerDay: Int64 = 24 * 60
    /// No zone has ever been further from UTC, and none changes its clock by more, in minutes.
    private static let widest: Int64 = 26 * 60

    private let zone: TimeZone

    init(_ zone: TimeZone) {
        self.zone = zone
    }

    /// Days since 1970-01-01 and the minute of that day.
    func reading(at time: Timestamp) -> (day: Int64, minuteOfDay: Int) {
        let local = floorDivide(time.seconds + offset(at: time.seconds), by: 60)
        let day = floorDivide(local, by: Self.minutesPerDay)
        return (day, Int(local - day * Self.minutesPerDay))
    }

    /// The moments at which the clock shows this minute: none in the gap of a change, two where an hour comes again.
    func moments(day: Int64, minuteOfDay: Int) -> [Timestamp] {
        let local = (day * Self.minutesPerDay + Int64(minuteOfDay)) * 60
        // Only these offsets can hold around the moment.
        let offsets = Set([
            offset(at: local - Self.widest * 60), offset(at: local), offset(at: local + Self.widest * 60),
        ])
        return offsets.map { local - $0 }.filter { offset(at: $0) == local - $0 }.sorted().map(Timestamp.init(seconds:))
    }

    /// The moment at which a gap ends that this minute falls into: the clock goes on from there.
    func endOfGap(day: Int64, minuteOfDay: Int) -> Timestamp {
        let local = (day * Self.minutesPerDay + Int64(minuteOfDay)) * 60
        // Before the change the offset is the smaller one, so this is a moment after it and at most a gap later.
        var (before, after) = (local - Self.widest * 60, local - offset(at: local - Self.widest * 60))
        let target = offset(at: after)
        while after - before > 1 {
            let middle = before + (after - before) / 2
            if offset(at: middle) == target { after = middle } else { before = middle }
        }
        return Timestamp(seconds: after)
    }

    private func offset(at seconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }

    private func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }
}
