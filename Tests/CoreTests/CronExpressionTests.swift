import Core
import Testing

struct CronExpressionTests {
    private func next(_ text: String, after time: String, in zone: String = "UTC") throws -> String? {
        let expression = try CronExpression(parsing: text)
        let start = try #require(Timestamp(time))
        return expression.next(after: start, in: TimeZoneName(stored: zone))?.description
            .replacing(".000000Z", with: "Z")
    }

    @Test(arguments: [
        ("* * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z"),
        ("*/15 * * * *", "2026-01-01T00:46:10Z", "2026-01-01T01:00:00Z"),
        ("5/20 3 * * *", "2026-01-01T03:05:00Z", "2026-01-01T03:25:00Z"),
        ("0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z"),
        ("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z"),
        ("0 12 * * mon-fri", "2026-01-02T12:00:00Z", "2026-01-05T12:00:00Z"),
        ("0 12 * * 7", "2026-01-02T12:00:00Z", "2026-01-04T12:00:00Z"),
        ("30 6 13 * 5", "2026-01-01T00:00:00Z", "2026-01-02T06:30:00Z"),
        ("30 6 13 * 5", "2026-01-10T00:00:00Z", "2026-01-13T06:30:00Z"),
        ("0 0 */2 * mon", "2026-01-01T00:00:00Z", "2026-01-05T00:00:00Z"),
        ("0 0 1,15 jan,JUL *", "2026-01-15T00:00:00Z", "2026-07-01T00:00:00Z"),
        ("0 9-17/4 * * *", "2026-01-01T10:00:00Z", "2026-01-01T13:00:00Z"),
        ("@daily", "2026-12-31T00:00:01Z", "2027-01-01T00:00:00Z"),
        ("@hourly", "2026-12-31T23:00:00Z", "2027-01-01T00:00:00Z"),
        ("@weekly", "2026-01-01T00:00:00Z", "2026-01-04T00:00:00Z"),
    ])
    func `the next time is the first that fits`(text: String, after: String, expected: String) throws {
        #expect(try next(text, after: after) == expected)
    }

    @Test func `a day that never comes has no next time`() throws {
        #expect(try next("0 0 30 2 *", after: "2026-01-01T00:00:00Z") == nil)
    }

    // Paris goes from UTC+1 to UTC+2 on 2026-03-29 at 01:00 UTC, and back on 2026-10-25 at 01:00 UTC.
    @Test(arguments: [
        // 02:30 does not exist that day: it comes when the clock goes on, at 03:00.
        ("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"),
        ("30 2 * * *", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"),
        ("30 3 * * *", "2026-03-29T00:00:00Z", "2026-03-29T01:30:00Z"),
        // Every half hour goes on every half hour.
        ("*/30 * * * *", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"),
        ("*/30 * * * *", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"),
    ])
    func `when clocks go forward nothing is left out`(text: String, after: String, expected: String) throws {
        #expect(try next(text, after: after, in: "Europe/Paris") == expected)
    }

    @Test(arguments: [
        // 02:30 comes twice that night and counts once.
        ("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"),
        ("30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
        ("*/30 * * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z"),
        ("*/30 * * * *", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"),
        ("0 3 * * *", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z"),
    ])
    func `when clocks go back nothing comes twice`(text: String, after: String, expected: String) throws {
        #expect(try next(text, after: after, in: "Europe/Paris") == expected)
    }

    @Test(arguments: [
        ("America/New_York", "2026-03-08T00:00:00Z", "2026-03-08T07:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z"),
        ("Asia/Kolkata", "2026-03-08T00:00:00Z", "2026-03-08T20:45:00Z"),
    ])
    func `every zone has its own clock`(zone: String, after: String, expected: String) throws {
        #expect(try next("15 2 * * *", after: after, in: zone) == expected)
    }

    @Test(arguments: [
        ("", 0), ("* * * *", 0), ("* * * * * *", 0), ("60 * * * *", 1), ("a * * * *", 1), ("*/0 * * * *", 1),
        ("1-0 * * * *", 1), ("1, * * * *", 1), ("-1 * * * *", 1), ("* 24 * * *", 2), ("* * 0 * *", 3),
        ("* * 32 * *", 3), ("* * * 13 *", 4), ("* * * foo *", 4), ("* * * * 8", 5), ("* * * * mon-", 5),
        ("@never", 0), ("*/99999999999999999999 * * * *", 1), ("*/5/5 * * * *", 1),
    ])
    func `what is none says which field`(text: String, field: Int) {
        #expect(throws: CronExpression.Problem(field: field)) { try CronExpression(parsing: text) }
    }

    @Test func `an interval counts from when it fired`() {
        let now = Timestamp(seconds: 1000)
        #expect(Schedule.every(.minutes(5)).next(after: now) == now + .minutes(5))
        #expect(Schedule.every(.zero).next(after: now) == now + .seconds(1))
    }
}
