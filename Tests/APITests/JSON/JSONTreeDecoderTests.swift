import Foundation
import Testing

@testable import API

struct JSONTreeDecoderTests {
    struct Everything: Codable, Equatable {
        enum Color: String, Codable { case red, green }
        enum Shape: Codable, Equatable {
            case circle(radius: Double)
            case square(side: Int, Color)
        }
        struct Inner: Codable, Equatable {
            var flag = true
            var words = ["a", "é"]
        }
        var bool = true
        var int = -7
        var int8: Int8 = -128
        var uint64 = UInt64.max
        var double = 1.25
        var float: Float = 0.1
        var text = "\"é\\😀"
        var absent: String?
        var present: Int? = 4
        var color = Color.green
        var shapes: [Shape] = [.circle(radius: 0.5), .square(side: 2, .red)]
        var inner = Inner()
        var matrix = [[1, 2], [], [3]]
        var holes: [Int?] = [1, nil, 3]
        var nested: Inner?
    }

    @Test func `a value survives both ways, ours and Foundation's`() throws {
        var value = Everything()
        value.nested = Everything.Inner(flag: false, words: [])
        let ours = try JSONWriter.encode(value)
        #expect(try JSONDecoder().decode(Everything.self, from: Data(ours)) == value)
        #expect(try JSONTreeDecoder.decode(Everything.self, from: JSONParser.parse(ours)) == value)
        let theirs = Array(try JSONEncoder().encode(value))
        #expect(try JSONTreeDecoder.decode(Everything.self, from: JSONParser.parse(theirs)) == value)
    }

    @Test func `a tree goes through Foundation and back`() throws {
        let tree: JSONValue = ["a": [1, "x", true, .null, ["b": []]], "n": .number(JSONNumber(unchecked: "1.5"))]
        let data = try JSONEncoder().encode(tree)
        let back = try JSONDecoder().decode(JSONValue.self, from: data)
        #expect(back["a"] == tree["a"])
        #expect(back["n"] == tree["n"])
    }

    @Test func `a wrong type, a missing field and a number too large tell their place`() throws {
        struct Outer: Codable { let list: [Inner] }
        struct Inner: Codable { let small: Int8 }
        func path(_ json: JSONValue) -> String? {
            let result = Result { try JSONTreeDecoder.decode(Outer.self, from: json) }
            guard case .failure(let error) = result else { return nil }
            switch error as? DecodingError {
            case .typeMismatch(_, let context):
                return "type " + context.codingPath.map(\.stringValue).joined(separator: "/")
            case .keyNotFound(let key, let context):
                return "key " + (context.codingPath + [key]).map(\.stringValue).joined(separator: "/")
            default:
                return "\(error)"
            }
        }
        #expect(path(["list": [["small": 1]]]) == nil)
        #expect(path(["list": [["small": 1], ["small": 300]]]) == "type list/1/small")
        #expect(path(["list": [["small": "1"]]]) == "type list/0/small")
        #expect(path(["list": [[:]]]) == "key list/0/small")
        #expect(path(["list": 1]) == "type list")
        #expect(path([]) == "type ")
    }

    @Test func `nested containers and super decoders read what was written`() throws {
        class Base: Codable {
            let base: Int
            init(base: Int) { self.base = base }
        }
        final class Derived: Base {
            let own: Int
            enum CodingKeys: String, CodingKey { case own }
            required init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                own = try container.decode(Int.self, forKey: .own)
                try super.init(from: container.superDecoder())
            }
        }
        let derived = try JSONTreeDecoder.decode(Derived.self, from: ["own": 2, "super": ["base": 1]])
        #expect(derived.own == 2 && derived.base == 1)
    }

    @Test func `unknown members are ignored and null is no value`() throws {
        struct Small: Codable, Equatable { var a: Int? }
        #expect(try JSONTreeDecoder.decode(Small.self, from: ["z": 1, "a": .null]) == Small(a: nil))
        #expect(try JSONTreeDecoder.decode(Small.self, from: [:]) == Small(a: nil))
    }
}
