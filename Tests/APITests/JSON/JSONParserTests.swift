import Core
import Fakes
import Testing

@testable import API

struct JSONParserTests {
    @Test(arguments: [
        "0", "-0", "1.5", "-1e5", "1E-2", "1e+2", "123456789012345678901234567890", "\"\"", "null", "true", "false",
        "[]",
        "{}", " [ ] ", "\t{\r\n}", "[1,2]", #"{"a":1,"b":[{}]}"#, #"{"":0}"#, #""\u0000""#, #""\"\\\/\b\f\n\r\t""#,
        #""\ud83d\ude00""#, #""\uDBFF\uDFFF""#, #""é€😀""#, "\"\u{7f}\"", "\"\u{2028}\"", "1e400", "\"\u{FEFF}\"",
    ])
    func `what RFC 8259 allows is read`(text: String) throws {
        _ = try JSONParser.parse(Array(text.utf8))
    }

    @Test(arguments: [
        ("", JSONSyntaxError(.unexpectedEnd, at: 0)),
        ("   ", JSONSyntaxError(.unexpectedEnd, at: 3)),
        ("[1,]", JSONSyntaxError(.unexpectedByte, at: 3)),
        ("[,1]", JSONSyntaxError(.unexpectedByte, at: 1)),
        ("[1 2]", JSONSyntaxError(.unexpectedByte, at: 3)),
        ("[1", JSONSyntaxError(.unexpectedEnd, at: 2)),
        (#"{"a":1,}"#, JSONSyntaxError(.unexpectedByte, at: 7)),
        (#"{"a" 1}"#, JSONSyntaxError(.unexpectedByte, at: 5)),
        (#"{"a":}"#, JSONSyntaxError(.unexpectedByte, at: 5)),
        ("{a:1}", JSONSyntaxError(.unexpectedByte, at: 1)),
        ("{'a':1}", JSONSyntaxError(.unexpectedByte, at: 1)),
        (#"{"a":1,"a":2}"#, JSONSyntaxError(.duplicateName, at: 7)),
        (#"{"a":1,"\u0061":2}"#, JSONSyntaxError(.duplicateName, at: 7)),
        ("01", JSONSyntaxError(.badNumber, at: 0)),
        ("-", JSONSyntaxError(.badNumber, at: 1)),
        ("-01", JSONSyntaxError(.badNumber, at: 0)),
        ("1.", JSONSyntaxError(.badNumber, at: 2)),
        (".5", JSONSyntaxError(.unexpectedByte, at: 0)),
        ("+1", JSONSyntaxError(.unexpectedByte, at: 0)),
        ("1e", JSONSyntaxError(.badNumber, at: 2)),
        ("1e+", JSONSyntaxError(.badNumber, at: 3)),
        ("0x1", JSONSyntaxError(.trailingBytes, at: 1)),
        ("NaN", JSONSyntaxError(.unexpectedByte, at: 0)),
        ("Infinity", JSONSyntaxError(.unexpectedByte, at: 0)),
        ("nul", JSONSyntaxError(.unexpectedEnd, at: 3)),
        ("True", JSONSyntaxError(.unexpectedByte, at: 0)),
        ("1 1", JSONSyntaxError(.trailingBytes, at: 2)),
        ("{}}", JSONSyntaxError(.trailingBytes, at: 2)),
        ("[1]// comment", JSONSyntaxError(.trailingBytes, at: 3)),
        ("\u{FEFF}1", JSONSyntaxError(.unexpectedByte, at: 0)),
        ("\"a", JSONSyntaxError(.unexpectedEnd, at: 2)),
        ("\"a\\", JSONSyntaxError(.unexpectedEnd, at: 3)),
        ("\"\n\"", JSONSyntaxError(.controlCharacter, at: 1)),
        ("\"\0\"", JSONSyntaxError(.controlCharacter, at: 1)),
        (#""\x""#, JSONSyntaxError(.badEscape, at: 1)),
        (#""\u12g4""#, JSONSyntaxError(.badEscape, at: 1)),
        (#""\u12"#, JSONSyntaxError(.unexpectedEnd, at: 5)),
        (#""\ud800""#, JSONSyntaxError(.loneSurrogate, at: 1)),
        (#""\udc00""#, JSONSyntaxError(.loneSurrogate, at: 1)),
        (#""\ud800\u0041""#, JSONSyntaxError(.loneSurrogate, at: 1)),
        (#""\ud800\ud800""#, JSONSyntaxError(.loneSurrogate, at: 1)),
    ])
    func `anything else is refused with its place`(text: String, error: JSONSyntaxError) {
        #expect(throws: error) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
        ] as [[UInt8]])
    func `a string that is not UTF-8 is refused`(bytes: [UInt8]) {
        let text: [UInt8] = [0x22] + bytes + [0x22]
        #expect(throws: JSONSyntaxError(.notUTF8, at: 1)) { try JSONParser.parse(text) }
        let withEscape: [UInt8] = [0x22, 0x5C, 0x6E] + bytes + [0x22]
        #expect(throws: JSONSyntaxError(.notUTF8, at: 1)) { try JSONParser.parse(withEscape) }
    }

    @Test func `escapes and pairs of surrogates become characters`() throws {
        let value = try JSONParser.parse(Array(#""a\u00e9\ud83d\ude00\n\"\/z""#.utf8))
        #expect(value == .string("aé😀\n\"/z"))
    }

    @Test func `thirty-two levels are read and thirty-three refused`() throws {
        func nested(_ depth: Int, _ open: String, _ close: String, _ core: String) -> [UInt8] {
            Array((String(repeating: open, count: depth) + core + String(repeating: close, count: depth)).utf8)
        }
        _ = try JSONParser.parse(nested(32, "[", "]", ""))
        _ = try JSONParser.parse(nested(32, #"{"a":"#, "}", "1"))
        #expect(throws: JSONSyntaxError(.tooDeep, at: 32)) { try JSONParser.parse(nested(33, "[", "]", "")) }
        #expect(throws: JSONSyntaxError(.tooDeep, at: 32)) { try JSONParser.parse(nested(100_000, "[", "]", "")) }
        #expect(throws: JSONSyntaxError(.tooDeep, at: 160)) { try JSONParser.parse(nested(33, #"{"a":"#, "}", "1")) }
    }

    @Test func `a name given twice is found among very many`() throws {
        let names = (0..<20_000).map { "\"n\($0)\":\($0)" }
        let object = try JSONParser.parse(Array("{\(names.joined(separator: ","))}".utf8))
        #expect(object["n19999"] == 19_999)
        #expect(object.object?.members.count == 20_000)
        #expect(throws: JSONSyntaxError.self) {
            try JSONParser.parse(Array("{\(names.joined(separator: ",")),\"n7\":0}".utf8))
        }
    }

    @Test func `ten thousand mutated texts are read or refused, never more`() throws {
        let seed = #"{"email":"a\u00e9@b.org","n":[-1.5e+3,0,true,null,{"x":{}}],"t":"\ud83d\ude00 ü"}"#
        let randomness = Randomness.seeded(8259)
        var readable = 0
        for _ in 0..<10_000 {
            var bytes = Array(seed.utf8)
            for _ in 0...Int(randomness.fraction() * 4) {
                let (first, second) = randomness.words()
                let place = Int(first % UInt64(bytes.count))
                switch first >> 60 & 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: second)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(bytes[Int(second % UInt64(bytes.count))], at: place)
                default: bytes.removeSubrange(place...)
                }
                if bytes.isEmpty { bytes = [0x5B] }
            }
            guard let value = try? JSONParser.parse(bytes) else { continue }
            readable += 1
            #expect(try JSONParser.parse(JSONWriter.encode(value)) == value)
        }
        #expect(readable > 0)
    }
}
