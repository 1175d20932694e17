import Testing

struct SwiftTokensTests {
    private func words(_ text: String) -> [String] {
        SwiftTokens(text).tokens.map(\.text)
    }

    @Test func `comments are told apart from code, nested ones too`() {
        let swift = SwiftTokens("a // b \"c\n/* d /* e */\n f */ g /// h")
        #expect(swift.tokens == [Token(text: "a", line: 1), Token(text: "g", line: 3)])
        #expect(swift.comments.map(\.firstLine) == [1, 2, 3])
        #expect(swift.comments.map(\.lastLine) == [1, 3, 3])
    }

    @Test(arguments: [
        #"a("x \" b") c"#,
        ##"a(#"x " \n b"#) c"##,
        "a(\"\"\"\n x \" \"\" // b\n \"\"\") c",
        "a(#\"\"\"\n \"\"\" b \\(b)\n \"\"\"#) c",
        #"a("https://b") c"#,
    ])
    func `the text of a string literal is left out`(text: String) {
        #expect(words(text) == ["a", "(", ")", "c"])
    }

    @Test func `code inside an interpolation is code`() {
        #expect(words(#""x \(f(y, "z \(w)")) v" + u"#) == ["(", "f", "(", "y", ",", "(", "w", ")", ")", ")", "+", "u"])
        #expect(words(##"#"x \(no) \#(yes)"#"##) == ["(", "yes", ")"])
    }

    @Test func `lines are counted through literals and comments`() {
        #expect(SwiftTokens("/*\n\n*/\n\"\"\"\n \\\n x\n\"\"\"\nend").tokens.last == Token(text: "end", line: 8))
    }

    @Test func `a raw identifier is one token in its backticks`() {
        #expect(words("func `a // \"b\" print()`() {}") == ["func", "`a // \"b\" print()`", "(", ")", "{", "}"])
        #expect(words("case `default`") == ["case", "default"])
    }

    @Test func `an unterminated string ends with its line`() {
        #expect(words("a = \"b\nc") == ["a", "=", "c"])
    }

    @Test func `no input traps`() {
        for text in ["", "\"", "#", "##\"", "`", "/*", "\"\\", "\"\\(", "\"\"\"", "\u{0}", "é\"", "\"\\(\"\\("] {
            _ = SwiftTokens(text)
        }
    }
}
