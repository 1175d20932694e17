import Core
import Fakes
import Foundation
import Testing

struct IDTests {
    private enum Thing {}
    private typealias ThingID = ID<Thing>

    @Test func `a new id is the example of RFC 9562, appendix A 6`() {
        let words = WordList([0xCC3, 0x18C4_DC0C_0C07_398F])
        let id = ThingID.make(at: Timestamp(microseconds: 1_645_557_742_000_999), randomness: words.randomness)
        #expect(id.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    }

    @Test func `version and variant stand whatever the random bits`() {
        for bits: UInt64 in [0, .max] {
            let id = ThingID.make(at: Timestamp(seconds: 1), randomness: Randomness { bits })
            #expect(id.high >> 12 & 0xF == 7)
            #expect(id.low >> 62 == 0b10)
            #expect(id.high >> 16 == 1000)
        }
    }

    @Test(arguments: [Int64.min, -1, 0, 1, .max])
    func `no time makes it trap`(microseconds: Int64) {
        let id = ThingID.make(at: Timestamp(microseconds: microseconds), randomness: .seeded(1))
        #expect(id.high >> 12 & 0xF == 7)
    }

    @Test func `later ids come later, as values, as text and as bytes`() throws {
        let randomness = Randomness.seeded(7)
        let ids = (0..<1000).map { ThingID.make(at: Timestamp(seconds: 1_700_000_000 + $0), randomness: randomness) }
        #expect(ids == ids.sorted())
        #expect(ids.map(\.description) == ids.map(\.description).sorted())
        #expect(ids == ids.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) })
    }

    @Test func `text and bytes agree with Foundation's UUID`() throws {
        let randomness = Randomness.seeded(3)
        for _ in 0..<1000 {
            let (high, low) = randomness.words()
            let id = ThingID(high: high, low: low)
            let uuid = try #require(UUID(uuidString: id.description))
            #expect(uuid.uuidString.lowercased() == id.description)
            #expect(withUnsafeBytes(of: uuid.uuid) { Array($0) } == id.bytes)
            #expect(ThingID(uuid.uuidString) == id)
            #expect(ThingID(id.description) == id)
        }
    }

    @Test(arguments: [
        "", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
        "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b07-cc3-98c4-dc0c0c07398f",
        "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
        "017g22e2-79b0-7cc3-98c4-dc0c0c07398f", " 017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n",
        "017f22e2_79b0_7cc3_98c4_dc0c0c07398f", "０17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "------------------------------------",
    ])
    func `what is no UUID is refused`(text: String) {
        #expect(ThingID(text) == nil)
    }

    @Test func `in JSON it is its text`() throws {
        let id = ThingID(high: 0x017F_22E2_79B0_7CC3, low: 0x98C4_DC0C_0C07_398F)
        let json = try JSONEncoder().encode([id])
        #expect(String(decoding: json, as: UTF8.self) == #"["017f22e2-79b0-7cc3-98c4-dc0c0c07398f"]"#)
        #expect(try JSONDecoder().decode([ThingID].self, from: json) == [id])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([ThingID].self, from: Data(#"["17"]"#.utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([ThingID].self, from: Data("[17]".utf8)) }
    }

    @Test func `cast to another kind it is the same UUID`() {
        let id = ThingID(high: 1, low: 2)
        let other: ID<User> = id.cast()
        #expect(other.description == id.description)
    }
}
