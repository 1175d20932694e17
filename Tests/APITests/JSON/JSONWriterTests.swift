import Foundation
import Testing

@testable import API

struct JSONWriterTests {
    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONWriter.encode(value), as: UTF8.self)
    }

    @Test func `a property without a value is null`() throws {
        struct Optionals: Encodable {
            var text: String?
            var number: Int?
            var flag: Bool?
            var list: [Int]?
        }
        #expect(try text(Optionals()) == #"{"text":null,"number":null,"flag":null,"list":null}"#)
        let full = Optionals(text: "a", number: 1, flag: true, list: [1])
        #expect(try text(full) == #"{"text":"a","number":1,"flag":true,"list":[1]}"#)
    }

    @Test func `fields come in the order they are declared in`() throws {
        struct Ordered: Encodable {
            let zebra = 1
            let apple = "x"
            let nested = Inner()
            let mango = [true, false]
            struct Inner: Encodable {
                let b = 1.5
                let a = UInt64.max
            }
        }
        #expect(
            try text(Ordered())
                == #"{"zebra":1,"apple":"x","nested":{"b":1.5,"a":18446744073709551615},"mango":[true,false]}"#)
    }

    @Test(arguments: ["", "plain", "q\"b\\s/", "\u{0}\u{1}\u{1f}\u{7f}", "\u{8}\u{9}\u{a}\u{c}\u{d}", "é😀\u{2028}"])
    func `every text reads back`(original: String) throws {
        let bytes = try JSONWriter.encode([original])
        #expect(try JSONDecoder().decode([String].self, from: Data(bytes)) == [original])
        #expect(try JSONParser.parse(bytes) == [.string(original)])
    }

    @Test func `empty values are empty objects and lists`() throws {
        struct Empty: Encodable {}
        struct Silent: Encodable { func encode(to encoder: any Encoder) {} }
        #expect(try text(Empty()) == "{}")
        #expect(try text([Silent(), Silent()]) == "[{},{}]")
        #expect(try text([Int]()) == "[]")
        #expect(try text([[Int]]()) == "[]")
        #expect(try text([[Int](), [1]]) == "[[],[1]]")
    }

    @Test func `a scalar may stand alone`() throws {
        #expect(try text("a") == "\"a\"")
        #expect(try text(Int?.none) == "null")
        #expect(try text(Float(0.1)) == "0.1")
        #expect(try text(Int8.min) == "-128")
    }

    @Test func `nested containers and super encoders close in order`() throws {
        struct Manual: Encodable {
            enum Key: String, CodingKey {
                case first
                case second
                case third
                case last
            }
            func encode(to encoder: any Encoder) throws {
                var outer = encoder.container(keyedBy: Key.self)
                var inner = outer.nestedContainer(keyedBy: Key.self, forKey: .first)
                try inner.encode(1, forKey: .first)
                var list = inner.nestedUnkeyedContainer(forKey: .second)
                try list.encode("a")
                try list.encodeNil()
                var object = list.nestedContainer(keyedBy: Key.self)
                try object.encode(2, forKey: .third)
                try list.encode(3)
                try "s".encode(to: outer.superEncoder(forKey: .second))
                _ = outer.superEncoder(forKey: .third)
                var again = encoder.container(keyedBy: Key.self)
                try again.encode(true, forKey: .last)
            }
        }
        #expect(
            try text(Manual())
                == #"{"first":{"first":1,"second":["a",null,{"third":2},3]},"second":"s","third":{},"last":true}"#)
    }

    @Test func `classes encode what they inherit`() throws {
        class Base: Encodable { let base = 1 }
        final class Derived: Base {
            let own = 2
            enum CodingKeys: String, CodingKey { case own }
            override func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(own, forKey: .own)
                try super.encode(to: container.superEncoder())
            }
        }
        #expect(try text(Derived()) == #"{"own":2,"super":{"base":1}}"#)
    }

    @Test func `what comes out of order is refused`() {
        struct Interleaved: Encodable {
            func encode(to encoder: any Encoder) throws {
                var outer = encoder.container(keyedBy: JSONName.self)
                var first = outer.nestedContainer(keyedBy: JSONName.self, forKey: JSONName("a"))
                try outer.encode(1, forKey: JSONName("b"))
                try first.encode(2, forKey: JSONName("c"))
            }
        }
        struct Twice: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                try container.encode(1)
                try container.encode(2)
            }
        }
        struct TwoKinds: Encodable {
            func encode(to encoder: any Encoder) throws {
                _ = encoder.container(keyedBy: JSONName.self)
                _ = encoder.unkeyedContainer()
            }
        }
        #expect(throws: JSONWriter.Failure.outOfOrder) { try JSONWriter.encode(Interleaved()) }
        #expect(throws: JSONWriter.Failure.outOfOrder) { try JSONWriter.encode(Twice()) }
        #expect(throws: JSONWriter.Failure.outOfOrder) { try JSONWriter.encode(TwoKinds()) }
    }

    @Test func `infinities and NaN are refused`() {
        for value in [Double.infinity, -.infinity, .nan] {
            #expect(throws: JSONWriter.Failure.notFinite) { try JSONWriter.encode([value]) }
        }
    }

    @Test func `a tree is written as it was read`() throws {
        let original = #"{"b":[1,1.0,1e400,null,true],"a":{"x":"\"","y":{}}}"#
        let tree = try JSONParser.parse(Array(original.utf8))
        #expect(String(decoding: JSONWriter.encode(tree), as: UTF8.self) == original)
        #expect(try text(["t": tree].map { [$0.value] }) == "[[\(original)]]")
    }
}
