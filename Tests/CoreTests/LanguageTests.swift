import Core
import Testing

struct LanguageTests {
    @Test(
        arguments: [
            ("", .english), ("en", .english), ("fr", .french), ("FR", .french), ("fr-CA", .french),
            ("fr-CA,fr;q=0.9,en;q=0.8", .french),
            ("en-GB,en;q=0.9,fr;q=0.8", .english), ("de", .english), ("de,fr;q=0.5", .french),
            ("de;q=1,fr;q=0.1,en;q=0.2", .english),
            ("*", .english), ("de,*;q=0.5,fr;q=0.4", .english), ("en;q=0,fr", .french), ("fr;q=0", .english),
            ("fr;q=0,*", .english),
            ("en;q=0.5,fr;q=0.5", .english), ("fr;q=0.5,en;q=0.5", .french), (" fr ; q = 0.9 , en ; q=0.1", .french),
            ("fr;q=abc,en;q=0.1", .english), ("fr;q=nan,en;q=0.1", .english), ("fra", .english), ("en_US", .english),
            (",,;;,-,q=1", .english),
            ("x-fr", .english), ("fr;level=1;q=0.3,en;q=0.2", .french),
        ] as [(String, Language)])
    func `the best match of Accept-Language is taken`(value: String, language: Language) {
        #expect(Language(acceptLanguage: value) == language)
    }

    @Test func `only the beginning of a long value is read`() {
        #expect(Language(acceptLanguage: String(repeating: "de,", count: 100_000) + "fr") == .english)
    }
}
