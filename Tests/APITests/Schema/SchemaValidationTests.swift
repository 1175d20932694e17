import Core
import Testing

@testable import API

struct SchemaValidationTests {
    private func errors(_ type: (some Decodable).Type, _ json: String) throws -> [String] {
        let value = try JSONParser.parse(Array(json.utf8))
        return try Schema(recording: type).validate(value).map { "\($0.pointer) \($0.code)" }
    }

    @Test func `every error is told at once, in the order of the fields`() throws {
        #expect(
            try errors(
                RegisterRequest.self,
                #"{"email":"nobody","password":"","last_name":7,"locale":"de","time_zone":"Mars/Base","#
                    + #""terms_version":"two words","invitation_token":null,"unknown":[]}"#) == [
                    "/email invalid", "/password too_short", "/first_name required", "/last_name type",
                    "/locale not_allowed", "/time_zone invalid", "/terms_version invalid_characters",
                ])
    }

    @Test func `a good body has no errors`() throws {
        #expect(
            try errors(
                RegisterRequest.self,
                #"{"email":" Ada@Example.org ","password":"p\n","first_name":" Ada ","last_name":"O'Neil-Dvořák"}"#)
                == [])
    }

    @Test(arguments: [
        (#""""#, "too_short"), (#""   ""#, "too_short"), (#""a\u0000b""#, "invalid_characters"),
        (#""a\nb""#, "invalid_characters"), (#""a\rb""#, "invalid_characters"), (#""a\u202eb""#, "invalid_characters"),
        ("null", "type"), ("[]", "type"), ("{}", "type"), ("1", "type"), ("true", "type"),
    ])
    func `a name that is none says why`(value: String, code: String) throws {
        let body = #"{"email":"a@b.org","password":"x","last_name":"L","first_name":\#(value)}"#
        let expected = value == "null" ? "/first_name type" : "/first_name \(code)"
        #expect(try errors(RegisterRequest.self, body) == [expected])
    }

    @Test func `lengths are counted as a person counts`() throws {
        func codes(_ name: String) -> [String] {
            DeviceNameText.schema.validate(.string(name)).map(\.code)
        }
        #expect(codes(String(repeating: "👩‍👩‍👧", count: 100)) == [])
        #expect(codes(String(repeating: "a", count: 101)) == ["too_long"])
        #expect(codes(String(repeating: "a", count: 200_000)) == ["too_long"])
        #expect(codes("a" + String(repeating: "\u{301}", count: 200_000)) == ["too_long"])
        #expect(PasswordText.schema.validate("a\u{0}b").map(\.code) == ["invalid_characters"])
        #expect(PasswordText.schema.validate("a\tb\n").map(\.code) == [])
    }

    @Test func `numbers have a range and lists a size`() {
        let schema = Schema(
            .object([
                .init("n", Schema(.integer(1...100))), .init("l", Schema(.list(of: Schema(.boolean), count: 1...3))),
                .init("d", Schema(.number)),
            ]))
        func codes(_ value: JSONValue) -> [String] { schema.validate(value).map { "\($0.pointer) \($0.code)" } }
        func number(_ text: String) -> JSONValue { .number(JSONNumber(unchecked: text)) }
        #expect(codes(["n": 100, "l": [true], "d": number("1.5")]) == [])
        #expect(codes(["n": number("1e2"), "l": [true], "d": 1]) == [])
        #expect(codes(["n": 0, "l": [], "d": number("1e999")]) == ["/n out_of_range", "/l too_few", "/d type"])
        #expect(
            codes(["n": number("1.5"), "l": [1, true, "x"], "d": "1"]) == [
                "/n type", "/l/0 type", "/l/2 type", "/d type",
            ])
        #expect(
            codes(["n": number("99999999999999999999"), "l": [true, true, true, true], "d": 1])
                == ["/n out_of_range", "/l too_many"])
    }

    @Test func `what is wrong between members is told beside what is wrong with each`() {
        var pair = Schema(.object([.init("a", Schema(.integer(0...9))), .init("b", Schema(.integer(0...9)))]))
        pair.condition = { value in
            guard case .object(let pair) = value, pair["a"] == pair["b"] else { return [] }
            return [ValidationError(pointer: "/b", .repeated)]
        }
        let schema = Schema(.object([.init("l", Schema(.list(of: pair, count: 0...200)))]))
        func codes(_ value: JSONValue) -> [String] { schema.validate(value).map { "\($0.pointer) \($0.code)" } }
        #expect(codes(["l": [["a": 1, "b": 2]]]) == [])
        #expect(
            codes(["l": [["a": 1, "b": 1], ["a": 10, "b": 10], 7]]) == [
                "/l/0/b repeated", "/l/1/a out_of_range", "/l/1/b out_of_range", "/l/1/b repeated", "/l/2 type",
            ])
        #expect(
            schema.validate(["l": .array(Array(repeating: ["a": 1, "b": 1], count: 150))]).count == Schema.mostErrors)
    }

    @Test func `the nearest of several forms tells its errors`() {
        let schema = Schema(
            .oneOf([
                Schema(.object([.init("a", Schema(.boolean)), .init("b", Schema(.boolean))])),
                Schema(.object([.init("c", Schema(.boolean))])),
            ]))
        #expect(schema.validate(["c": true]) == [])
        #expect(schema.validate([:]) == [ValidationError(pointer: "/c", .required)])
    }

    @Test func `a hostile list does not make a hostile answer`() {
        let schema = Schema(.list(of: Schema(.boolean), count: 0...Int.max))
        #expect(schema.validate(.array(Array(repeating: 1, count: 50_000))).count == Schema.mostErrors)
    }

    @Test func `pointers are escaped`() {
        #expect(JSONPointer.make([String]()) == "")
        #expect(JSONPointer.make(["a/b", "~c", "0"]) == "/a~1b/~0c/0")
    }

    @Test func `a body that is no object is told at its root`() throws {
        #expect(try errors(LoginRequest.self, "[]") == [" type"])
    }

    @Test func `the detail speaks the caller's language and the code does not`() {
        let error = ValidationError(pointer: "/password", .passwordRejected(.tooShort(minimum: 12)))
        #expect(error.code == "password_rejected")
        #expect(error.detail(in: .english).contains("at least 12 characters"))
        #expect(error.detail(in: .french).contains("au moins 12 caractères"))
        #expect(ValidationError(pointer: "", .tooShort(minimum: 1)).detail(in: .english) == "Use at least 1 character.")
    }
}
