import Foundation

/// A cron expression of five fields, as crontab(5) has them: minute, hour, day of month, month, day of week, each `*`, a
/// number, a range, a list or a step; months and days by their English names too; `@hourly` and the like.
///
/// Where both days are restricted, either will do. When clocks go forward, what falls into the gap comes at its end; when
/// they go back, an hour that comes twice counts once, unless the expression comes every hour anyway.
public struct CronExpression: Sendable, Hashable {
    /// Why a text is none: which field is wrong, 1 for the minute; 0 for the number of fields.
    public struct Problem: Error, Equatable {
        public let field: Int

        public init(field: Int) {
            self.field = field
        }
    }

    private static let shorthands = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]
    /// Days looked at for the next time: a leap day comes within eight years, as 2096 to 2104.
    private static let farthestInDays: Int64 = 8 * 366 + 1
    /// Clocks are set back by less, in minutes.
    private static let widestChange = 180

    public let text: String
    private let minutes: Set<Int>
    private let hours: Set<Int>
    private let days: Set<Int>
    private let months: Set<Int>
    /// Sunday is 0.
    private let weekdays: Set<Int>
    private let anyDayWillDo: Bool
    private let comesEveryHour: Bool

    public init(parsing text: String) throws(Problem) {
        let fields = (Self.shorthands[text] ?? text).split(separator: " ").map(String.init)
        guard fields.count == 5 else { throw Problem(field: 0) }
        self.text = text
        minutes = try Self.values(fields[0], in: 0...59, field: 1)
        hours = try Self.values(fields[1], in: 0...23, field: 2)
        days = try Self.values(fields[2], in: 1...31, field: 3)
        months = try Self.values(fields[3], in: 1...12, names: Self.monthNames, field: 4)
        weekdays = Set(try Self.values(fields[4], in: 0...7, names: Self.dayNames, field: 5).map { $0 % 7 })
        // As crontab(5) has it: a field that starts with a star leaves the choice to the other.
        anyDayWillDo = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
        comesEveryHour = hours.count == 24
    }

    /// The first time after `time`; nil when there is none within eight years.
    public func next(after time: Timestamp, in zone: TimeZoneName) -> Timestamp? {
        let clock = WallClock(TimeZone(identifier: zone.text) ?? .gmt)
        let start = clock.reading(at: time)
        for day in start.day..<start.day + Self.farthestInDays where isDay(day) {
            // What the clock showed long before can't come again, whatever is changed.
            let earliest = day == start.day ? start.minuteOfDay - Self.widestChange : 0
            let candidates = hours.flatMap { hour in
                minutes.filter { hour * 60 + $0 >= earliest }.flatMap { moments(of: day, hour, $0, clock) }
            }
            if let next = candidates.filter({ $0 > time }).min() { return next }
        }
        return nil
    }

    /// When the clock on the wall shows this: mostly once, twice or not at all when it is changed.
    private func moments(of day: Int64, _ hour: Int, _ minute: Int, _ clock: WallClock) -> [Timestamp] {
        let moments = clock.moments(day: day, minuteOfDay: hour * 60 + minute)
        if moments.isEmpty {
            // An expression of every hour has its turn in the next one anyway.
            return comesEveryHour ? [] : [clock.endOfGap(day: day, minuteOfDay: hour * 60 + minute)]
        }
        return comesEveryHour ? moments : [moments[0]]
    }

    private func isDay(_ day: Int64) -> Bool {
        let date = CivilDate(daysSince1970: day)
        guard months.contains(date.month) else { return false }
        let (isOfMonth, isOfWeek) = (days.contains(date.day), weekdays.contains(date.weekday))
        return anyDayWillDo ? isOfMonth || isOfWeek : isOfMonth && isOfWeek
    }

    private static let monthNames = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
        "dec": 12,
    ]
    private static let dayNames = ["sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6]

    private static func values(
        _ text: String, in range: ClosedRange<Int>, names: [String: Int] = [:], field: Int
    ) throws(Problem) -> Set<Int> {
        var values: Set<Int> = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let bounds = bounds(parts[0], in: range, names, isStepped: parts.count == 2) else {
                throw Problem(field: field)
            }
            var step = 1
            if parts.count == 2 {
                guard let given = Int(parts[1]), given > 0, given <= range.upperBound else {
                    throw Problem(field: field)
                }
                step = given
            }
            values.formUnion(stride(from: bounds.lowerBound, through: bounds.upperBound, by: step))
        }
        return values
    }

    /// `5/10` goes on from 5 to the end, as in most implementations.
    private static func bounds(
        _ text: Substring, in range: ClosedRange<Int>, _ names: [String: Int], isStepped: Bool
    ) -> ClosedRange<Int>? {
        if text == "*" { return range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
            .map { names[$0.lowercased()] ?? (Int($0).flatMap { range.contains($0) ? $0 : nil }) }
        guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else {
            return nil
        }
        return first...(ends.count == 1 && isStepped ? range.upperBound : last)
    }
}
