import Core
import Testing

@testable import Auth

struct ClientDataTests {
    private static let members =
        #""type":"webauthn.get","challenge":"AQID","origin":"https://app.example.com""#

    private func problem(_ text: String) -> PasskeyProblem? {
        do {
            let data = try ClientData(Array(text.utf8))
            try data.check(.assertion, challenge: [1, 2, 3], relyingParty: TestAuthenticator.relyingParty)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        "", #","crossOrigin":false"#, #","topOrigin":"https://other.example.org""#,
        #","tokenBinding":{"status":"supported"}"#, #","other":"a \"quoted\" \\ \/ \b\f\n\r\t \u00e9 text""#,
        #","a":null,"b":[],"c":{},"d":[1,-2.5e+3,0,0.1,true,false,null,"x",{"y":[[]]}],"e":1E-2"#,
        ",\"clientExtensions\":{},\"hashAlgorithm\":\"SHA-256\",\"é\":\"ü\"", " , \t\"a\"\r\n: 1 ",
        #","a":[[[[[[[]]]]]]]"#,
    ])
    func `members that browsers add are passed over`(more: String) {
        #expect(problem("{\(Self.members)\(more)}") == nil)
        #expect(problem(" {\(Self.members)\(more)}\n") == nil)
    }

    @Test(arguments: [
        "", " ", "{", "}", "[]", "null", "1", "\"a\"", "{}", "{{}}",
        #"{"challenge":"AQID","origin":"https://app.example.com"}"#,
        #"{"type":"webauthn.get","origin":"https://app.example.com"}"#, #"{"type":"webauthn.get","challenge":"AQID"}"#,
        // Of another type.
        #"{"type":1,"challenge":"AQID","origin":"https://app.example.com"}"#,
        #"{"type":"webauthn.get","challenge":["AQID"],"origin":"https://app.example.com"}"#,
        #"{"type":"webauthn.get","challenge":"AQID","origin":null}"#,
        "{\(members),\"crossOrigin\":0}", "{\(members),\"crossOrigin\":\"false\"}", "{\(members),\"crossOrigin\":null}",
        // Twice.
        "{\(members),\"origin\":\"https://app.example.com\"}", "{\"origin\":\"https://evil.example.org\",\(members)}",
        "{\(members),\"type\":\"webauthn.get\"}", "{\(members),\"crossOrigin\":true,\"crossOrigin\":false}",
        "{\(members),\"a\":1,\"a\":1}", #"{"t\u0079pe":"webauthn.get",\#(members)}"#,
        // Written with escapes.
        #"{"type":"webauthn\u002eget","challenge":"AQID","origin":"https://app.example.com"}"#,
        #"{"type":"webauthn.get","challenge":"AQID","origin":"https:\/\/app.example.com"}"#,
        // No base64url in its one spelling.
        #"{"type":"webauthn.get","challenge":"AQID=","origin":"https://app.example.com"}"#,
        #"{"type":"webauthn.get","challenge":"AQI+","origin":"https://app.example.com"}"#,
        #"{"type":"webauthn.get","challenge":"AQIDB","origin":"https://app.example.com"}"#,
        #"{"type":"webauthn.get","challenge":"AR","origin":"https://app.example.com"}"#,
        // No JSON.
        "{\(members)", "{\(members),}", "{,\(members)}", "{\(members)}}", "{\(members)}{}", "{\(members)}\u{0}",
        "\u{FEFF}{\(members)}", "{\(members) \"a\":1}", "{\(members),\"a\"}", "{\(members),\"a\":}", "{\(members),a:1}",
        "{\(members),'a':1}", "{\(members),\"a\":01}", "{\(members),\"a\":+1}", "{\(members),\"a\":1.}",
        "{\(members),\"a\":.5}", "{\(members),\"a\":1e}", "{\(members),\"a\":-}", "{\(members),\"a\":0x1}",
        "{\(members),\"a\":NaN}", "{\(members),\"a\":True}", "{\(members),\"a\":tru}", "{\(members),\"a\":nul}",
        "{\(members),\"a\":truefalse}", "{\(members),\"a\":[1,]}", "{\(members),\"a\":[,]}", "{\(members),\"a\":[1 2]}",
        "{\(members),\"a\":{\"b\"}}", "{\(members),\"a\":[}", "{\(members),\"a\":\"\n\"}", "{\(members),\"a\":\"\\x\"}",
        "{\(members),\"a\":\"\\u12\"}", "{\(members),\"a\":\"\\u12g4\"}", "{\(members),\"a\":\"\\\"}",
        "{\(members),\"a\":\"b}", "{\(members)/**/}", "{\(members),\"a\":[[[[[[[[]]]]]]]]}",
    ])
    func `anything but what browsers write is refused`(text: String) {
        #expect(problem(text) == .malformedClientData)
    }

    @Test func `text that is no UTF-8 is refused`() {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xC3]] {
            let json = Array("{\(Self.members),\"a\":\"".utf8) + bytes + Array("\"}".utf8)
            #expect(throws: PasskeyProblem.malformedClientData) { try ClientData(json) }
            let escaped = Array("{\(Self.members),\"a\":\"\\n".utf8) + bytes + Array("\"}".utf8)
            #expect(throws: PasskeyProblem.malformedClientData) { try ClientData(escaped) }
        }
        let wide = "{\(Self.members)}".utf16.flatMap {
            [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
        }
        #expect(throws: PasskeyProblem.malformedClientData) { try ClientData(wide) }
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func `values lie at most eight deep`(opening: String, closing: String) {
        func nested(_ depth: Int) -> String {
            let (before, after) = (String(repeating: opening, count: depth), String(repeating: closing, count: depth))
            return "{\(Self.members),\"b\":\(before)\(opening == "[" ? "" : "1")\(after)}"
        }
        #expect(problem(nested(7)) == nil)
        #expect(problem(nested(8)) == .malformedClientData)
        #expect(problem(nested(600)) == .malformedClientData)
    }

    @Test func `over 4 KiB nothing is looked at`() {
        let padding = String(repeating: " ", count: 4 * 1024 - Self.members.utf8.count - 2)
        #expect(problem("{\(Self.members)\(padding)}") == nil)
        #expect(problem("{\(Self.members)\(padding) }") == .malformedClientData)
    }

    @Test(arguments: [
        "https://app.example.com:443", "https://app.example.com:8443", "http://app.example.com",
        "https://app.example.com/",
        "https://app.example.com.", "https://example.com", "https://www.app.example.com", "https://evilapp.example.com",
        "https://app.example.com.evil.org", "https://app.example.com@evil.org", "https://user@app.example.com",
        "https://user:password@app.example.com", "https://APP.example.com", "HTTPS://app.example.com",
        "https://app.example.com/path", "https://app.example.com?", "https://app.example.com#",
        " https://app.example.com",
        "https://app.example.com ", "https://app.examp1e.com", "https://app.еxample.com", "app.example.com", "null", "",
        "android:apk-key-hash:x", "file://app.example.com", "https:///app.example.com", "wss://app.example.com",
        "https://app。example.com",
    ])
    func `no origin but ours will do`(origin: String) {
        #expect(
            problem(#"{"type":"webauthn.get","challenge":"AQID","origin":"\#(origin)","crossOrigin":false}"#)
                == .wrongOrigin)
    }

    @Test(arguments: ["", "AQI", "AQIE", "AQIDBA", "AAAA"])
    func `no challenge but the one expected will do`(challenge: String) {
        #expect(
            problem(#"{"type":"webauthn.get","challenge":"\#(challenge)","origin":"https://app.example.com"}"#)
                == .wrongChallenge)
    }

    @Test func `an empty challenge answers none`() throws {
        let data = try ClientData(
            Array(#"{"type":"webauthn.get","challenge":"","origin":"https://app.example.com"}"#.utf8))
        #expect(throws: PasskeyProblem.wrongChallenge) {
            try data.check(.assertion, challenge: [], relyingParty: TestAuthenticator.relyingParty)
        }
    }

    @Test(arguments: [
        "webauthn.create", "webauthn.Get", "webauthn.get ", "payment.get", "navigator.id.getAssertion", "",
    ])
    func `no ceremony but the one expected will do`(type: String) {
        #expect(
            problem(#"{"type":"\#(type)","challenge":"AQID","origin":"https://app.example.com"}"#) == .wrongType)
    }

    @Test func `a frame of another site is refused`() {
        #expect(problem("{\(Self.members),\"crossOrigin\":true}") == .crossOrigin)
        #expect(
            problem("{\(Self.members),\"crossOrigin\":true,\"topOrigin\":\"https://app.example.com\"}") == .crossOrigin)
    }
}
