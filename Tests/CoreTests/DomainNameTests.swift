import Core
import Testing

struct DomainNameTests {
    @Test(arguments: [
        ("Example.ORG", "example.org"), ("a.b", "a.b"), ("1.2.example", "1.2.example"),
        ("bücher.example", "xn--bcher-kva.example"),
    ])
    func `a name is lower-case ASCII`(text: String, ascii: String) {
        #expect(DomainName(parsing: text)?.ascii == ascii)
    }

    @Test func `names are as long as the DNS holds`() {
        let label = String(repeating: "a", count: 63)
        let longest = "\(label).\(label).\(label).\(String(repeating: "b", count: 57)).org"
        #expect(longest.utf8.count == 253)
        #expect(DomainName(parsing: longest) != nil)
        #expect(DomainName(parsing: "b" + longest) == nil)
        #expect(DomainName(parsing: "\(label)a.org") == nil)
        #expect(DomainName(parsing: String(repeating: "ü", count: 60) + ".example") == nil)
    }

    @Test(arguments: [
        "", ".", "org", "example.", ".org", "a..b", "-a.org", "a-.org", "a_b.org", "a b.org", "10.0.0.1", "a.1",
        "a.org/", "ü.", "ü",
    ])
    func `what the DNS can't hold is refused`(text: String) {
        #expect(DomainName(parsing: text) == nil)
    }
}
