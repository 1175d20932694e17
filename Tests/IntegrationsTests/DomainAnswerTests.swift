import Core
import Fakes
import Testing

@testable import Integrations

/// Answers byte by byte.
struct DomainAnswerTests {
    /// One answer to `one.example.org`: a header, the question, a record of two strings.
    private static let whole: [UInt8] =
        [0, 1, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0] + [3] + Array("one".utf8) + [7] + Array("example".utf8) + [3]
        + Array("org".utf8) + [0, 0, 16, 0, 1] + [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 6, 2] + Array("ab".utf8) + [2]
        + Array("cd".utf8)

    @Test func `the strings of a record are put together`() {
        #expect(DomainAnswer(Self.whole).texts == [Array("abcd".utf8)])
    }

    @Test func `an answer that ends too early says nothing`() {
        for length in 0..<Self.whole.count { #expect(DomainAnswer(Self.whole.prefix(length)).texts.isEmpty) }
    }

    @Test func `no byte, whatever its value, reads beyond the answer`() {
        let randomness = Randomness.seeded(3)
        for place in Self.whole.indices {
            for value in UInt8.min...UInt8.max {
                var bytes = Self.whole
                bytes[place] = value
                // A record can't say more than the answer holds.
                for text in DomainAnswer(bytes).texts { #expect(text.count < bytes.count) }
            }
        }
        for _ in 0..<2_000 {
            var bytes = Self.whole
            for (place, value) in zip(randomness.bytes(4), randomness.bytes(4)) {
                bytes[Int(place) % bytes.count] = value
            }
            for text in DomainAnswer(bytes).texts { #expect(text.count < bytes.count) }
        }
    }

    @Test(
        arguments: [
            ([], [UInt8]()), ([0], []), ([2, 1, 2], [1, 2]), ([1, 1, 1, 2], [1, 2]), ([1], nil), ([3, 1, 2], nil),
            ([1, 1, 255, 2], nil),
        ] as [([UInt8], [UInt8]?)])
    func `strings end within their record`(data: [UInt8], text: [UInt8]?) {
        #expect(DomainAnswer.text(of: data) == text)
    }
}
