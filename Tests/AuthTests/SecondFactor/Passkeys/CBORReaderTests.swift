import Core
import Testing

@testable import Auth

struct CBORReaderTests {
    private func item(_ hexadecimal: String) throws -> CBORValue? {
        CBORReader.item(try #require(HexDigits.decode(hexadecimal)))
    }

    /// Of RFC 8949 appendix A what authenticators may write.
    @Test(arguments: [
        ("00", CBORValue.integer(0)), ("17", .integer(23)), ("1818", .integer(24)), ("1903e8", .integer(1000)),
        ("1a000f4240", .integer(1_000_000)), ("1b000000e8d4a51000", .integer(1_000_000_000_000)),
        ("1b7fffffffffffffff", .integer(.max)), ("20", .integer(-1)), ("3903e7", .integer(-1000)),
        ("3b7fffffffffffffff", .integer(.min)), ("f4", .bool(false)), ("f5", .bool(true)), ("f6", .null),
        ("40", .bytes([])), ("4401020304", .bytes([1, 2, 3, 4])), ("60", .text("")), ("6449455446", .text("IETF")),
        ("62c3bc", .text("ü")), ("64f0908591", .text("\u{10151}")), ("80", .array([])),
        (
            "8301820203820405",
            .array([.integer(1), .array([2, 3].map(CBORValue.integer)), .array([4, 5].map(CBORValue.integer))])
        ),
        ("a0", .map([:])), ("a201020304", .map([.integer(1): .integer(2), .integer(3): .integer(4)])),
        ("a26161016162820203", .map([.text("a"): .integer(1), .text("b"): .array([.integer(2), .integer(3)])])),
        ("a2616202616101", .map([.text("a"): .integer(1), .text("b"): .integer(2)])),
    ])
    func `what authenticators write is read`(hexadecimal: String, expected: CBORValue) throws {
        #expect(try item(hexadecimal) == expected)
    }

    @Test(arguments: [
        // Nothing, and what is cut off.
        "", "18", "19", "1900", "1a000000", "1b00000000000000", "41", "42ff", "61", "81", "8201", "a1", "a101",
        "a20102",
        // More than one item.
        "0000", "a000", "4000", "f6f6",
        // Not the shortest form.
        "1800", "1817", "190018", "1900ff", "1a0000ffff", "1b00000000ffffffff", "3817", "5800", "590001ff", "780161",
        "9800", "b800", "b90000",
        // Beyond Int64.
        "1b8000000000000000", "1bffffffffffffffff", "3b8000000000000000", "3bffffffffffffffff",
        // Indefinite lengths and the reserved ones.
        "5f", "5f4101ff", "7f6161ff", "9fff", "9f01ff", "bfff", "bf0102ff", "ff", "1c", "1d", "1e", "1f", "5c", "7d",
        "9e",
        // Tags.
        "c000", "c074323031332d30332d32315432303a30343a30305a", "d82000", "c24101", "d9d9f7a0", "dbffffffffffffffff00",
        // Floats, simple values, undefined.
        "f90000", "fa47c35000", "fb3ff199999999999a", "f7", "f0", "e0", "f820", "f8ff", "f814", "f800", "fc", "fd",
        "fe",
        // Members twice, and other names than numbers and texts.
        "a201000100", "a2616101616102", "a3010002000100", "a22000" + "2001", "a1400" + "0", "a18000", "a1a000",
        "a1f500",
        "a1f600", "a14101" + "00",
        // Texts that are no UTF-8.
        "61ff", "62c080", "63eda080", "61c3", "64f4908080",
        // Lengths that are not there.
        "58ff", "59ffff", "5affffffff", "5b7fffffffffffffff", "5bffffffffffffffff", "7bffffffffffffffff", "98ff",
        "9affffffff", "9b7fffffffffffffff", "9bffffffffffffffff", "baffffffff", "bb7fffffffffffffff",
        "bbffffffffffffffff", "bb8000000000000000", "9b000000010000000000", "a3010203",
    ])
    func `anything else is refused`(hexadecimal: String) throws {
        #expect(try item(hexadecimal) == nil)
    }

    @Test func `items lie at most eight deep`() {
        func nested(_ depth: Int, in head: [UInt8]) -> [UInt8] {
            (1..<depth).flatMap { _ in head } + [0]
        }
        for head: [UInt8] in [[0x81], [0xA1, 0x00]] {
            #expect(CBORReader.item(nested(8, in: head)) != nil)
            #expect(CBORReader.item(nested(9, in: head)) == nil)
            #expect(CBORReader.item(nested(8000, in: head)) == nil)
        }
    }

    @Test func `over 16 KiB nothing is looked at`() {
        func text(_ length: Int) -> [UInt8] {
            CBORSample.bytes([UInt8](repeating: 0, count: length - 3)).encoded
        }
        #expect(CBORReader.item(text(16 * 1024)) != nil)
        #expect(CBORReader.item(text(16 * 1024 + 1)) == nil)
    }

    @Test func `what follows the first item is handed back`() throws {
        let bytes: [UInt8] = [0xFF, 0xA1, 0x01, 0x02, 0x42, 0x05, 0x06, 0x00]
        let (map, afterMap) = try #require(CBORReader.firstItem(bytes[1...]))
        #expect(map == .map([.integer(1): .integer(2)]))
        let (text, rest) = try #require(CBORReader.firstItem(afterMap))
        #expect(text == .bytes([5, 6]))
        #expect(rest == [0])
        #expect(CBORReader.firstItem(bytes[...]) == nil)
        #expect(CBORReader.firstItem([]) == nil)
    }
}
