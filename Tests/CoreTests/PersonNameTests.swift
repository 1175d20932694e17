import Core
import Foundation
import Testing

struct PersonNameTests {
    @Test(arguments: [
        ("Ada", "Ada"), ("  Ada \n", "Ada"), ("Zoe\u{308}", "Zo\u{EB}"), ("O'Brien-Łukasz", "O'Brien-Łukasz"),
        ("李小龍", "李小龍"),
        ("שָׁלוֹם", "שָׁלוֹם".precomposed), ("👩🏽‍👩🏽‍👧🏽‍👦🏽", "👩🏽‍👩🏽‍👧🏽‍👦🏽"), ("Mary  Ann", "Mary  Ann"), ("<script>", "<script>"),
    ])
    func `a name is trimmed and in NFC`(text: String, stored: String) throws {
        let name = try #require(PersonName(text))
        #expect(Array(name.text.utf8) == Array(stored.utf8))
        #expect(name.description == stored)
        #expect(PersonName(name.text) == name)
    }

    @Test func `lengths are counted as a person counts, and bounded in bytes`() {
        #expect(PersonName(String(repeating: "é", count: 100)) != nil)
        #expect(PersonName(String(repeating: "é", count: 101)) == nil)
        let family = "👩‍👩‍👧‍👦"
        #expect(PersonName(String(repeating: family, count: 1600 / family.utf8.count)) != nil)
        #expect(PersonName(String(repeating: family, count: 1600 / family.utf8.count + 1)) == nil)
        #expect(PersonName("a" + String(repeating: "\u{301}", count: 800)) != nil)
        #expect(PersonName("a" + String(repeating: "\u{301}", count: 801)) == nil)
    }

    @Test(arguments: [
        "", " ", "\n\t", "Ada\nLovelace", "Ada\r\nLovelace", "Ada\tL", "Ada\0", "\u{1}Ada", "Ada\u{7F}", "Ada\u{85}L",
        "A\u{2028}L",
        "A\u{2029}L", "A\u{202E}L", "A\u{202A}L", "A\u{2066}L", "A\u{2069}L", "A\u{FFFF}L",
    ])
    func `what is empty or not on one line is refused`(text: String) {
        #expect(PersonName(text) == nil)
    }
}

extension String {
    fileprivate var precomposed: String { precomposedStringWithCanonicalMapping }
}
