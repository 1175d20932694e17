import Core
import Testing

struct IPAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
        ("::1", "::1"), ("2001:DB8:0::a:b", "2001:db8::a:b"), ("0:0:0:0:0:ffff:c000:201", "::ffff:192.0.2.1"),
    ])
    func `an address is read and written`(text: String, written: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == written)
        #expect(IPAddress(written) == address)
    }

    @Test(arguments: [
        "", "1", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ",
        " 1.2.3.4", "1.2.3.4\0", "[::1]", "::1%lo", ":::", "1:2:3:4:5:6:7", "g::1", "localhost", "１.2.3.4",
    ])
    func `nothing else is one`(text: String) {
        #expect(IPAddress(text) == nil)
    }
}
