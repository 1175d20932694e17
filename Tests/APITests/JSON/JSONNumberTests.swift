import Testing

@testable import API

struct JSONNumberTests {
    private func number(_ text: String) throws -> JSONNumber {
        guard case .number(let number) = try JSONParser.parse(Array(text.utf8)) else {
            throw JSONSyntaxError(.badNumber, at: 0)
        }
        return number
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min), ("1.0", 1),
        ("1e2", 100), ("-2.50e1", -25), ("9007199254740992.0", 9_007_199_254_740_992),
    ])
    func `whole numbers are exact`(text: String, value: Int64) throws {
        #expect(try number(text).exactly(Int64.self) == value)
    }

    @Test(arguments: ["9223372036854775808", "-9223372036854775809", "1.5", "1e19", "1e400", "9007199254740994.0"])
    func `what is no whole number of the type is nil`(text: String) throws {
        #expect(try number(text).exactly(Int64.self) == nil)
    }

    @Test func `the type decides what fits`() throws {
        #expect(try number("255").exactly(UInt8.self) == 255)
        #expect(try number("256").exactly(UInt8.self) == nil)
        #expect(try number("-1").exactly(UInt64.self) == nil)
        #expect(try number("18446744073709551615").exactly(UInt64.self) == .max)
    }

    @Test func `beyond a Double there is none`() throws {
        #expect(try number("1e308").double == 1e308)
        #expect(try number("1e309").double == nil)
        #expect(try number("-1e99999").double == nil)
        #expect(JSONNumber(Double.nan) == nil)
    }

    @Test func `a number of a hundred thousand digits is read`() throws {
        let long = try number(String(repeating: "9", count: 100_000))
        #expect(long.exactly(Int64.self) == nil)
        #expect(long.double == nil)
    }
}
