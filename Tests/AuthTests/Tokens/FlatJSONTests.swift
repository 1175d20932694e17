import Testing

@testable import Auth

struct FlatJSONTests {
    @Test func `strings and whole numbers are read`() {
        let object = FlatJSON(Array(" { \"a\" : \"é\" ,\t\"b\":0,\n\"c\":999999999999}\r\n".utf8))
        #expect(object?.members == ["a": .text("é"), "b": .number(0), "c": .number(999_999_999_999)])
        #expect(object?.text("b") == nil)
        #expect(object?.number("a") == nil)
        #expect(FlatJSON(Array("{}".utf8))?.members == [:])
    }

    @Test(arguments: [
        "", " ", "{", "}", "{}{}", "{}x", "[]", "null", "1", "\"a\"", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}", "{'a':1}", "{\"a\":'b'}", "{\"a\":1,\"a\":1}", "{\"a\":1,\"a\":\"x\"}", "{\"a\":true}", "{\"a\":null}",
        "{\"a\":[]}", "{\"a\":{}}", "{\"a\":-1}", "{\"a\":+1}", "{\"a\":01}", "{\"a\":1.0}", "{\"a\":1e3}",
        "{\"a\":0x1}",
        "{\"a\":1000000000000}", "{\"a\":99999999999999999999}", "{\"a\":\"b}", "{\"a\":\"\\u0061\"}",
        "{\"\\u0061\":1}",
        "{\"a\":\"\n\"}", "{\"a\":\"\u{0}\"}", "\u{FEFF}{}", "{\"a\":1}\u{0}", "{\"a\":1//\n}",
    ])
    func `anything else is refused`(text: String) {
        #expect(FlatJSON(Array(text.utf8)) == nil)
    }

    @Test func `text that is no UTF-8 is refused`() {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xC3]] {
            #expect(FlatJSON(Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)) == nil)
        }
    }
}
