import Core
import Testing

struct HexDigitsTests {
    @Test func `bytes are two lower-case digits each, and come back in either case`() {
        let bytes = Array(UInt8.min...UInt8.max)
        let digits = HexDigits.encode(bytes)
        #expect(digits.count == 512)
        #expect(digits.hasPrefix("000102030405060708090a0b0c0d0e0f10"))
        #expect(digits.hasSuffix("fdfeff"))
        #expect(HexDigits.decode(digits) == bytes)
        #expect(HexDigits.decode(digits.uppercased()) == bytes)
        #expect(HexDigits.decode("") == [])
    }

    @Test(arguments: ["0", "000", "0g", "g0", " 00", "0x00", "00\n", "/0", ":0", "@0", "`0", "０0", "é"])
    func `what is no even number of digits is refused`(text: String) {
        #expect(HexDigits.decode(text) == nil)
    }
}
