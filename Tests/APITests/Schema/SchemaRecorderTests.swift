import Core
import Testing

@testable import API

struct SchemaRecorderTests {
    private func rendered(_ type: (some Decodable).Type, _ direction: SchemaComponents.Direction) throws -> String {
        var schema = try Schema(recording: type)
        schema.name = nil
        var components = SchemaComponents()
        return String(decoding: JSONWriter.encode(components.reference(to: schema, direction)), as: UTF8.self)
    }

    @Test func `the schema of a request is what its decoder asks for`() throws {
        #expect(
            try rendered(LoginRequest.self, .request)
                == #"{"type":"object","properties":{"email":{"type":"string","minLength":3,"maxLength":254,"#
                + #""format":"email","examples":["ada@example.org"]},"password":{"type":"string","minLength":1,"#
                + #""maxLength":256,"format":"password","examples":["correct horse battery staple"],"#
                + #""writeOnly":true},"device_name":{"type":["string","null"],"minLength":1,"maxLength":100,"#
                + #""pattern":"^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$","examples":["Ada's laptop"]}},"#
                + #""required":["email","password"]}"#)
    }

    @Test func `fields without a value are always there in an answer and never needed in a request`() throws {
        let answer =
            #"{"type":"object","properties":{"access_token":{"type":["string","null"]},"#
            + #""refresh_token":{"type":["string","null"]},"expires_in":{"type":"integer"}},"required":"#
        #expect(
            try rendered(TokenResponse.self, .response)
                == answer + #"["access_token","refresh_token","expires_in"]}"#)
        #expect(try rendered(TokenResponse.self, .request) == answer + #"["expires_in"]}"#)
    }

    @Test func `lists, choices and nested types are found`() throws {
        var components = SchemaComponents()
        let reference = components.reference(to: try Schema(recording: List<SessionBody>.self), .response)
        #expect(reference == ["$ref": "#/components/schemas/SessionList"])
        #expect(
            components.json["SessionList"]?["properties"]?["data"]?["items"] == ["$ref": "#/components/schemas/Session"]
        )
        let scope = try Schema(recording: LogoutQuery.self).properties.first
        guard case .choice(let choices)? = scope?.schema.kind else {
            Issue.record("not a choice")
            return
        }
        #expect(choices == ["local", "others", "global"])
        #expect(scope?.isOptional == true)
    }

    @Test func `hand-written decoders are followed through nested containers`() throws {
        let schema = try Schema(recording: Manual.self)
        #expect(schema.properties.map(\.name) == ["maybe", "inner", "list"])
        #expect(schema.properties.map(\.isOptional) == [true, false, false])
        #expect(schema.properties[1].schema.properties.map(\.name) == ["deep"])
        #expect(schema.properties[1].schema.properties[0].schema.isNullable)
    }

    @Test func `what can't be described is refused`() {
        #expect(throws: SchemaRecordingError.recursive(type: "Tree")) { try Schema(recording: Tree.self) }
        #expect(throws: SchemaRecordingError.dictionary(type: "Dictionary<String, Int>")) {
            try Schema(recording: [String: Int].self)
        }
        #expect(throws: SchemaRecordingError.noExample(type: "Exampleless")) { try Schema(recording: Exampleless.self) }
        #expect(throws: SchemaRecordingError.nothingDecoded(type: "Silent")) { try Schema(recording: Silent.self) }
    }

    @Test func `every text that a caller sends has a limit`() throws {
        // What we sealed and handed out, and what WebAuthn sends in binary, is longer than what a person types.
        func longest(_ rules: TextRules) -> Int {
            switch rules.format {
            case .binary: 8192
            case .token: 4096
            // As long as browsers have them.
            case .webhookURL: 2048
            default: 1536
            }
        }
        func check(_ schema: Schema, _ place: String) {
            switch schema.kind {
            case .text(let rules, _):
                // An address to go on to may be as long as browsers have them.
                let limit = place == ProviderEndpoints.authorize.traits.id ? 2048 : longest(rules)
                #expect(rules.length.upperBound <= limit, "\(place) takes a text of any length")
            case .list(let element, _): check(element, place)
            case .object(let properties):
                for property in properties { check(property.schema, "\(place).\(property.name)") }
            case .any, .oneOf: Issue.record("\(place) takes anything")
            case .boolean, .choice, .integer, .number: break
            }
        }
        for endpoint in try APIDescription.all() {
            if let body = endpoint.body, !endpoint.traits.takesRawBody { check(body, endpoint.id) }
            for parameter in endpoint.parameters + endpoint.query { check(parameter.schema, endpoint.id) }
        }
    }
}

private struct Manual: Decodable {
    enum Key: String, CodingKey {
        case maybe
        case inner
        case list
        case deep
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if container.contains(.maybe) { _ = try container.decode(Bool.self, forKey: .maybe) }
        let inner = try container.nestedContainer(keyedBy: Key.self, forKey: .inner)
        if try !inner.decodeNil(forKey: .deep) { _ = try inner.decode(Int.self, forKey: .deep) }
        var list = try container.nestedUnkeyedContainer(forKey: .list)
        while !list.isAtEnd { _ = try list.decode(Double.self) }
    }
}

private struct Tree: Codable { let children: [Tree] }

private struct Silent: Decodable { init(from decoder: any Decoder) {} }

private struct Exampleless: SchemaProviding {
    static var schema: Schema { .any }
}
