import Testing

@testable import Auth

struct PasswordPolicyTests {
    private let policy = PasswordPolicy()
    private let person = ["John.Smith@mail.example.org", "John", "Smith"]

    @Test(arguments: [
        "correct horse battery staple", "sunflower-river-42", "Xk9#mQ2$vL7p", "vupgrmnrzkdt", "пароль-для-всех",
        "日本語日本語のパスワードです長い",
        "ihopethisislongenough", "no.capital.or.digit", "john eats nine apples", "plinth is my harbour",
    ])
    func `a long password that nobody would guess is accepted`(password: String) {
        #expect(policy.check(password, context: person) == [])
    }

    @Test func `12 characters are the least alone, 8 with a second factor`() {
        #expect(policy.check("vupgrmnrzkd") == [.tooShort(minimum: 12)])
        #expect(policy.check("vupgrmnrzkdt") == [])
        let withSecondFactor = PasswordPolicy(minimumLength: PasswordPolicy.minimumWithSecondFactor)
        #expect(withSecondFactor.check("vupgrmnr") == [])
        #expect(withSecondFactor.check("vupgrmn") == [.tooShort(minimum: 8)])
    }

    @Test func `no configuration allows fewer than 8 characters or asks for more than the most`() {
        #expect(PasswordPolicy(minimumLength: 1).minimumLength == 8)
        #expect(PasswordPolicy(minimumLength: 1000).minimumLength == 256)
    }

    @Test func `256 characters are the most, not bytes`() {
        let longest = (0..<256).map { String(UnicodeScalar(0x4E00 + $0 * 7) ?? "x") }.joined()
        #expect(policy.check(longest) == [])
        #expect(policy.check(longest + "x") == [.tooLong(maximum: 256)])
    }

    @Test func `characters are counted after NFC`() {
        let decomposed = "vupgrmnrzk\u{65}\u{301}"
        #expect(decomposed.unicodeScalars.count == 12)
        #expect(policy.check(decomposed) == [.tooShort(minimum: 12)])
    }

    @Test(arguments: [
        "password1234", "Password2024!", "P@ssw0rd1234", "F00tb@ll-2026", "$unsh1ne2024", "--sunsh1ne--",
        "passwordpassword", "passwordpassw", "iloveyou2024",
        "sunshine!!!!",
        "123456789012", "abcdefghijkl", "zyxwvutsrqpo", "qwertyuiop12", "asdfghjkl;'1", "azertyuiop12", "1qaz2wsx3edc",
        "aaaaaaaaaaaa", "ababababababab", "123412341234", "abcdabcdabcd", "trustno1trustno1", "dragon123456",
        "12345-dragon-1", "Tr0ub4Tr0ub4", "monkey!monkey!", "qwertyqwerty", "QWERTY123456", "letmein.12345",
    ])
    func `a common password is refused in any dress`(password: String) {
        #expect(policy.check(password) == [.common])
    }

    @Test(arguments: [
        ("john.smith@mail.example.org", "mail.example.org"), ("John.Smith.1!", "john.smith"), ("smithsmith12", "smith"),
        ("johnsmith2026", "smith"), ("mail.example7", "example"), ("1987-smith-19", "smith"),
        ("plinthplinth", "plinth"), ("Plinth-2026!", "plinth"),
        ("plinth123456", "plinth"), ("mail-smith-ok", "smith"),
    ])
    func `little more than a word of the context is refused with the word`(password: String, word: String) {
        #expect(policy.check(password, context: person).contains(.containsContext(word: word)))
    }

    @Test func `words of fewer than 4 characters are no context`() {
        #expect(policy.check("liliandvupgr", context: ["li@ab.org", "Li"]) == [])
    }

    @Test func `every problem is told`() {
        #expect(policy.check("password") == [.tooShort(minimum: 12), .common])
        #expect(policy.check("plinth12") == [.tooShort(minimum: 12), .containsContext(word: "plinth")])
    }

    @Test func `the list holds at least 3,000 passwords that are long enough to be tried`() {
        let entries = CommonPasswords.list.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
            .split(separator: "\n")
        #expect(entries.count { $0.utf8.count >= 8 } >= 3000)
        #expect(entries.count == CommonPasswords.count)
        #expect(entries.allSatisfy { $0 == $0.lowercased() && CommonPasswords.contains(String($0)) })
    }

    @Test(arguments: ["", "a", "\u{0}", "\u{301}\u{301}", "👩‍👩‍👧‍👦", String(repeating: "\u{FDFA}", count: 16_000)])
    func `odd texts are answered`(text: String) {
        #expect(!policy.check(text, context: [text, "@", "@@", " "]).isEmpty)
    }
}
