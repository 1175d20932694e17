import Core
import Fakes
import Foundation
import Testing

struct TimestampRFC3339Tests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"), (1, "1970-01-01T00:00:00.000001Z"),
            (1_767_225_600_123_456, "2026-01-01T00:00:00.123456Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)])
    func `a moment is written and read with six digits`(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).description == text)
        #expect(Timestamp(text) == Timestamp(microseconds: microseconds))
    }

    @Test func `what no four-digit year holds is written as the nearest that one does`() {
        #expect(Timestamp(microseconds: .min).description == "0000-01-01T00:00:00.000000Z")
        #expect(Timestamp(microseconds: -62_167_219_200_000_001).description == "0000-01-01T00:00:00.000000Z")
        #expect(Timestamp(microseconds: 253_402_300_800_000_000).description == "9999-12-31T23:59:59.999999Z")
        #expect(Timestamp(microseconds: .max).description == "9999-12-31T23:59:59.999999Z")
    }

    @Test func `every month from year 0 to 9999 begins on its day`() {
        var days: Int64 = -719_528
        for year in 0...9999 {
            let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
            for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                let date = padded(year, 4) + "-" + padded(index + 1, 2)
                let time = Timestamp(seconds: days * 86_400)
                if Timestamp("\(date)-01T00:00:00Z") != time || !time.description.hasPrefix("\(date)-01T00:00:00.") {
                    Issue.record("\(date)")
                }
                if Timestamp("\(date)-\(length)T00:00:00Z") != time + .days(Int64(length) - 1) {
                    Issue.record("\(date)")
                }
                if Timestamp("\(date)-\(length + 1)T00:00:00Z") != nil { Issue.record("\(date)") }
                days += Int64(length)
            }
        }
        #expect(days == 2_932_897)
    }

    @Test func `Foundation writes and reads the same`() throws {
        let randomness = Randomness.seeded(11)
        let earliest: Int64 = -12_212_553_600  // 1583, the first year wholly Gregorian in Foundation's calendar
        let latest: Int64 = 253_402_300_799
        for _ in 0..<2000 {
            let seconds = earliest + Int64(Double(latest - earliest) * randomness.fraction())
            let date = Date(timeIntervalSince1970: TimeInterval(seconds))
            let time = Timestamp(seconds: seconds)
            #expect(time.description.prefix(19) + "Z" == date.formatted(.iso8601))
            #expect(Timestamp(date.formatted(.iso8601)) == time)
            #expect(try Date(String(time.description.prefix(19) + "Z"), strategy: .iso8601) == date)
        }
    }

    @Test func `every microsecond comes back`() {
        let randomness = Randomness.seeded(12)
        for _ in 0..<20_000 {
            let time = Timestamp(microseconds: Int64(randomness.fraction() * 3e17) - 60_000_000_000_000_000)
            if Timestamp(time.description) != time { Issue.record("\(time)") }
        }
    }

    @Test(arguments: [
        "2026-03-01T12:00:00Z", "2026-03-01t12:00:00z", "2026-03-01 12:00:00Z", "2026-03-01T12:00:00.0Z",
        "2026-03-01T12:00:00.0000000000000000000000000000Z", "2026-03-01T12:00:00.0000009Z",
        "2026-03-01T12:00:00+00:00",
        "2026-03-01T12:00:00-00:00", "2026-03-01T13:00:00+01:00", "2026-03-01T06:30:00-05:30",
        "2026-03-02T11:59:00+23:59",
        "2026-02-28T12:01:00-23:59", "2026-03-01T11:59:60Z",
    ])
    func `noon has many spellings`(text: String) {
        #expect(Timestamp(text) == Timestamp(seconds: 1_772_366_400))
    }

    @Test(arguments: [
        ("5", 500_000), ("05", 50_000), ("123456", 123_456), ("1234567", 123_456), ("999999999", 999_999),
    ])
    func `digits beyond microseconds are cut off`(fraction: String, microseconds: Int64) {
        #expect(Timestamp("1970-01-01T00:00:00.\(fraction)Z") == Timestamp(microseconds: microseconds))
    }

    @Test(arguments: [
        "", "Z", "2026-03-01", "2026-03-01T12:00:00", "2026-03-01T12:00Z", "2026-03-01T12:00:00.Z",
        "2026-03-01T12:00:00,5Z",
        "2026-03-01T24:00:00Z", "2026-03-01T12:60:00Z", "2026-03-01T12:00:61Z", "2026-00-01T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-03-00T12:00:00Z", "2026-03-32T12:00:00Z", "2026-04-31T12:00:00Z", "2026-02-29T12:00:00Z",
        "1900-02-29T12:00:00Z",
        "2026-3-1T12:00:00Z", "26-03-01T12:00:00Z", "12026-03-01T12:00:00Z", "+2026-03-01T12:00:00Z",
        "-026-03-01T12:00:00Z",
        "2026-03-01T12:00:00+0100", "2026-03-01T12:00:00+01", "2026-03-01T12:00:00+24:00", "2026-03-01T12:00:00+01:60",
        "2026-03-01T12:00:00ZZ", "2026-03-01T12:00:00Z ", " 2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z\0",
        "2026/03/01T12:00:00Z", "2026-03-01_12:00:00Z", "２026-03-01T12:00:00Z", "2026-03-01T12:00:00.５Z", "1772366400",
        "2026-03-01T12:00:00.-5Z", "2026-W09-7T12:00:00Z", "infinity",
    ])
    func `what is no RFC 3339 time is refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func `in JSON it is its text`() throws {
        let time = Timestamp(microseconds: 1_767_225_600_123_456)
        let json = try JSONEncoder().encode([time])
        #expect(String(decoding: json, as: UTF8.self) == #"["2026-01-01T00:00:00.123456Z"]"#)
        #expect(try JSONDecoder().decode([Timestamp].self, from: json) == [time])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Timestamp].self, from: Data(#"["yesterday"]"#.utf8))
        }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Timestamp].self, from: Data("[0]".utf8)) }
    }

    private func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: digits - text.count) + text
    }
}
