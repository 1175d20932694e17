import Core
import Testing

@testable import Auth

struct StrictJSONTests {
    private func members(_ text: String) -> [String: StrictJSON]? {
        StrictJSON.members(of: Array(text.utf8))
    }

    @Test func `every kind of value is read`() {
        #expect(
            members(
                " {\"a\" : [1,-2.5e+3,0] ,\t\"b\":{\"c\":true,\"d\":false},\n"
                    + "\"e\":null,\"f\":\"g\",\"h\":[],\"i\":{}}\r\n")
                == [
                    "a": .array([.number("1"), .number("-2.5e+3"), .number("0")]),
                    "b": .object(["c": .bool(true), "d": .bool(false)]), "e": .null, "f": .text("g"),
                    "h": .array([]), "i": .object([:]),
                ])
        #expect(members("{}") == [:])
    }

    @Test func `escapes are read`() {
        #expect(
            members(#"{"a":"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00\u0000"}"#)
                == ["a": .text("\"\\/\u{8}\u{C}\n\r\té😀\u{0}")])
        #expect(members(#"{"\u0061":1}"#) == ["a": .number("1")])
    }

    @Test(arguments: [
        "", " ", "{", "}", "{}{}", "{}x", "[]", "null", "1", "\"a\"", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}",
        "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{\"a\":'b'}", "{1:1}", "{\"a\":[1,]}", "{\"a\":[,1]}",
        "{\"a\":[1 2]}",
        "{\"a\":[1}", "{\"a\":{]}", "{\"a\":True}", "{\"a\":tru}", "{\"a\":nullx}", "{\"a\":NaN}", "{\"a\":Infinity}",
        "{\"a\":+1}", "{\"a\":01}", "{\"a\":-}", "{\"a\":-01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":1e}", "{\"a\":1e+}",
        "{\"a\":0x1}", "{\"a\":\"b}", "{\"a\":\"\\", "{\"a\":\"\\x41\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u12G4\"}",
        "{\"a\":\"\\u", "{\"a\":\"\\uD83D\"}", "{\"a\":\"\\uDE00\"}", "{\"a\":\"\\uD83D\\u0041\"}",
        "{\"a\":\"\\uD83Dx\"}",
        "{\"a\":\"\n\"}", "{\"a\":\"\u{0}\"}", "\u{FEFF}{}", "{\"a\":1}\u{0}", "{\"a\":1//\n}", "{\"a\":1/**/}",
        "{\u{A0}\"a\":1}",
    ])
    func `anything else is refused`(text: String) {
        #expect(members(text) == nil)
    }

    @Test(arguments: [
        #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":null}"#, #"{"a":1,"\u0061":1}"#, #"{"x":{"a":1,"a":1}}"#,
        #"{"x":[{"a":1,"a":1}]}"#, #"{"":1,"":1}"#, #"{"é":1,"e\u0301":1}"#,
    ])
    func `a member twice is refused`(text: String) {
        #expect(members(text) == nil)
    }

    @Test func `text that is no UTF-8 is refused`() {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xC3], [0xF4, 0x90, 0x80, 0x80]] {
            #expect(StrictJSON.members(of: Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)) == nil)
        }
    }

    @Test func `eight objects and arrays may be inside one another`() {
        #expect(members("{\"a\":\(HostileIDToken.nested(7))}") != nil)
        #expect(members("{\"a\":\(HostileIDToken.nested(8))}") == nil)
        #expect(members(String(repeating: "{\"a\":", count: 100_000)) == nil)
        #expect(members("{\"a\":" + String(repeating: "[", count: 1_000_000)) == nil)
    }

    @Test func `no prefix of a text is a text, and none traps`() {
        let bytes = Array(#"{"a":[1.5e-3,true,{"b":"\uD83D\uDE00\n"}],"c":null}"#.utf8)
        #expect(StrictJSON.members(of: bytes) != nil)
        for end in bytes.indices { #expect(StrictJSON.members(of: Array(bytes[..<end])) == nil) }
    }

    @Test(arguments: [
        ("0", 0), ("1767225600", 1_767_225_600), ("1767225600.5", 1_767_225_600), ("999999999999", 999_999_999_999),
        ("1000000000000", nil), ("-1", nil), ("1e3", nil), ("1.5E2", nil), ("99999999999999999999999", nil),
    ])
    func `a moment is a number of seconds`(literal: String, seconds: Int64?) {
        #expect(StrictJSON.number(literal).moment == seconds.map(Timestamp.init(seconds:)))
    }
}
