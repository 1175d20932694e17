import Core
import Testing

struct AddressRangeTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.7", "192.0.2.7", true),
        ("192.0.2.7", "192.0.2.8", false), ("192.0.2.128/25", "192.0.2.129", true),
        ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.6/31", "192.0.2.7", true),
        ("0.0.0.0/0", "203.0.113.9", true),
        ("0.0.0.0/0", "::1", false), ("::/0", "::1", true), ("::/0", "1.2.3.4", false),
        ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
        ("2001:db8::1/128", "2001:db8::1", true), ("10.0.0.0/8", "::ffff:10.1.2.3", true),
        ("::ffff:10.0.0.0", "10.0.0.0", true), ("10.0.0.0/8", "nonsense", false), ("10.0.0.0/8", "", false),
        ("10.0.0.0/8", "10.1.2.3\0", false), ("10.0.0.0/8", "10.1.2", false),
    ])
    func `a range holds what its prefix says`(range: String, address: String, holds: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == holds, "\(range) \(address)")
    }

    @Test(arguments: [
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0/8", "::/129", "localhost",
        "10.0.0.0/x", " 10.0.0.0/8", "::1%lo",
    ])
    func `what is no range is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.0.0.0/8"), ("192.0.2.7", "192.0.2.7/32"), ("2001:DB8:0:0::1", "2001:db8::1/128"),
        ("::ffff:10.0.0.0", "10.0.0.0/32"), ("::/0", "::/0"),
    ])
    func `its text is one that gives the same range`(text: String, written: String) throws {
        let range = try #require(AddressRange(text))
        #expect(range.description == written)
        #expect(AddressRange(written) == range)
    }
}
