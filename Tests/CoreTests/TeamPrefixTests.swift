import Core
import Testing

struct TeamPrefixTests {
    @Test(arguments: [
        ("Engines", "engines"), ("  A b  ", "a b"), ("\u{C9}TUDE", "\u{C9}tude"), ("Zoe\u{308}", "zo\u{EB}"),
        ("%_", "%_"),
    ])
    func `what is looked for has its ASCII letters in lower case`(text: String, key: String) {
        #expect(TeamPrefix(text)?.key.unicodeScalars.elementsEqual(key.unicodeScalars) == true)
    }

    @Test(arguments: ["", "  ", "a\u{0}b", String(repeating: "a", count: 101)])
    func `nothing and too much are looked for by nobody`(text: String) {
        #expect(TeamPrefix(text) == nil)
    }
}
