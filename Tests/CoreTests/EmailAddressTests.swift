import Core
import Testing

struct EmailAddressTests {
    @Test(arguments: [
        ("ada@example.org", "ada@example.org"), ("Ada.Lovelace@EXAMPLE.org", "ada.lovelace@example.org"),
        ("ada+notes@example.org", "ada+notes@example.org"), ("o'brien@example.org", "o'brien@example.org"),
        ("!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~@example.org"), ("0@0.example", "0@0.example"),
        ("a@b-c.d.example", "a@b-c.d.example"), ("ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"), ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
        ("ada@bu\u{308}cher.example", "ada@xn--bcher-kva.example"), ("ada@faß.de", "ada@xn--fa-hia.de"),
        ("ada@例え.jp", "ada@xn--r8jz45g.jp"), ("пётр@пример.рф", "пётр@xn--e1afmkfd.xn--p1ai"),
        ("ZO\u{CB}@example.org", "zo\u{EB}@example.org"), ("zoe\u{308}@example.org", "zo\u{EB}@example.org"),
        ("李小龍@example.org", "李小龍@example.org"), ("ada@ＥＸＡＭＰＬＥ.org", "ada@example.org"),
    ])
    func `an address has one key however it is spelled`(text: String, key: String) throws {
        let address = try EmailAddress(parsing: text)
        #expect(Array(address.key.utf8) == Array(key.utf8))
        #expect(try EmailAddress(parsing: address.key).key == address.key)
        #expect(try EmailAddress(parsing: address.text) == address)
    }

    @Test func `the text is as typed, in NFC, without white space around`() throws {
        let address = try EmailAddress(parsing: " \t Zoe\u{308}.X@Example.org \u{A0}")
        #expect(Array(address.text.utf8) == Array("Zo\u{EB}.X@Example.org".utf8))
    }

    @Test(arguments: [
        "", " ", "ada", "@", "@example.org", "ada@", "ada@@example.org", "ada@b@example.org",
        "ada lovelace@example.org",
        ".ada@example.org", "ada.@example.org", "ada..l@example.org", "\"ada\"@example.org", "\"a b\"@example.org",
        "ada@[127.0.0.1]", "ada@[IPv6:::1]", "ada@localhost", "ada@127.0.0.1", "ada@example.123", "ada@example..org",
        "ada@.example.org", "ada@example.org.", "ada@-example.org", "ada@example-.org", "ada@exa_mple.org",
        "ada@exa mple.org",
        "ada@example.org,bob@example.org", "<ada@example.org>", "Ada <ada@example.org>", "ada(x)@example.org",
        "a,b@example.org",
        "a;b@example.org", "a:b@example.org", "a\\b@example.org", "a[b]@example.org", "a<b@example.org",
        "a\u{7F}b@example.org",
    ])
    func `what is no dot-atom at a domain is refused`(text: String) {
        #expect(throws: EmailAddress.Problem.malformed) { try EmailAddress(parsing: text) }
    }

    @Test(arguments: [
        "ada@example.org\r\nBcc: eve@example.org", "ada\r\n@example.org", "ada@example.org\n", "\rada@example.org",
        "ada@example.org\0", "ada\0@example.org", "ada@exa\u{2028}mple.org", "a\u{202E}da@example.org",
        "a\u{200B}da@example.org",
        "a\u{2028}da@example.org", "a\u{85}da@example.org", "ada@bü\r\ncher.example", "ada@bücher.example\r\n",
    ])
    func `nothing that could begin a header line gets through`(text: String) {
        #expect(throws: EmailAddress.Problem.malformed) { try EmailAddress(parsing: text) }
    }

    @Test(arguments: [
        "ada@bücher.example/x", "ada@bücher.example?x", "ada@bücher.example#x", "ada@bücher.example:80", "ada@bü%2ecom",
        "ada@bücher\\x.example", "ada@bü[cher].example", "ada@bü／cher.example", "ada@bü？cher.example",
        "ada@bü：80.example",
        "ada@bü＠cher.example", "ada@bü\u{2488}cher.example",
    ])
    func `a domain can't leave the host of the URL that converts it`(text: String) {
        #expect(throws: EmailAddress.Problem.malformed) { try EmailAddress(parsing: text) }
    }

    @Test func `the limits of RFC 5321 are in bytes`() throws {
        let local = String(repeating: "a", count: 64)
        let label = String(repeating: "b", count: 63)
        let longest = "\(local)@\(label).\(label).\(String(repeating: "c", count: 57)).org"
        #expect(longest.utf8.count == 254)
        #expect(try EmailAddress(parsing: longest).key == longest)
        #expect(throws: EmailAddress.Problem.tooLong) { try EmailAddress(parsing: longest + "g") }
        #expect(throws: EmailAddress.Problem.tooLong) { try EmailAddress(parsing: local + "a@example.org") }
        #expect(try EmailAddress(parsing: String(repeating: "é", count: 32) + "@example.org").text.utf8.count == 76)
        #expect(throws: EmailAddress.Problem.tooLong) {
            try EmailAddress(parsing: String(repeating: "é", count: 33) + "@example.org")
        }
        #expect(throws: EmailAddress.Problem.malformed) { try EmailAddress(parsing: "a@\(label)b.org") }
        #expect(throws: EmailAddress.Problem.tooLong) {
            try EmailAddress(parsing: String(repeating: "@", count: 100_000))
        }
    }

    @Test func `addresses are the same when their keys are`() throws {
        let typed = try EmailAddress(parsing: "Ada@Example.org")
        let stored = EmailAddress(storedText: "ada@example.ORG", key: "ada@example.org")
        #expect(typed == stored)
        #expect(Set([typed, stored]).count == 1)
        #expect(try typed != EmailAddress(parsing: "ada@example.com"))
    }

    @Test(arguments: [
        ("ada@example.org", "a•••@e•••.org"), ("a@b.co", "a•••@b•••.co"), ("zoë@mail.example.org", "z•••@m•••.org"),
    ])
    func `a log line tells no address`(text: String, masked: String) throws {
        let address = try EmailAddress(parsing: text)
        #expect(address.masked == masked)
        #expect("\(address)" == masked)
    }

    @Test func `masking takes whatever was stored`() {
        for text in ["", "@", "ada", "ada@localhost", "@example.org", "é@\u{301}.", "a@b@c.d"] {
            let masked = EmailAddress(storedText: text, key: text).masked
            #expect(masked == "•••" || masked.contains("•••@"))
        }
    }

    @Test func `the domain is in ASCII`() throws {
        #expect(try EmailAddress(parsing: "ada@Bücher.example").domain == "xn--bcher-kva.example")
        #expect(EmailAddress(storedText: "", key: "").domain == "")
    }
}
