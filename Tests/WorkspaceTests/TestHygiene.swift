extension Check {
    private static let testPath = "Tests/CoreTests/Sample.swift"

    static let testHygiene: [Check] = [
        Check(
            "every test function carries @Test",
            violations: [
                .sample("struct A { func testB() {} }", at: testPath),
                .sample("struct A { func `a thing holds`() {} }", at: testPath),
                .sample("struct A { @Test func `a`() {}\n @MainActor func `b c`() {} }", at: testPath),
            ],
            allowed: [
                .sample("struct A { @Test func `a thing holds`() {} }", at: testPath),
                .sample(
                    "@Test(.tags(.a), arguments: [(1, 2)])\n@MainActor private static func `a b`() {}", at: testPath),
                .sample("@Testing.Test func testB() {}", at: testPath),
                .sample("func tester() {}\nfunc test(_ a: Int) {}\nfunc `default`() {}", at: testPath),
            ]
        ) { file in
            guard file.isSwift, file.isUnder("Tests/") else { return [] }
            return file.occurrences(of: ["func"])
                .filter { looksLikeTest(file.word(at: $0 + 1)) && !file.attributes(before: $0).contains("Test") }
                .map { Finding(file, line: file.tokens[$0].line, "this never runs: give it @Test or a plain name") }
        },
        Check(
            "no test is switched off",
            violations: [
                .sample("@Test(.disabled(\"later\")) func a() {}", at: testPath),
                .sample("throw XCTSkip(\"later\")", at: testPath),
                .sample("withKnownIssue { }", at: testPath),
            ],
            allowed: [.sample("#expect(account.disabled)", at: testPath)]
        ) { file in
            guard file.isSwift, file.isUnder("Tests/") else { return [] }
            return [[".", "disabled", "("], ["XCTSkip"], ["XCTSkipIf"], ["XCTSkipUnless"], ["withKnownIssue"]]
                .flatMap { file.occurrences(of: $0) }
                .map { Finding(file, line: file.tokens[$0].line, "mend it or remove it") }
        },
        Check(
            "tests are written with Swift Testing",
            violations: [.sample("import XCTest", at: testPath)],
            allowed: [.sample("import Testing", at: testPath)]
        ) { file in
            file.imports.filter { $0.module == "XCTest" }
                .map { Finding(file, line: $0.line, "`swift test` runs Swift Testing only") }
        },
    ]

    /// A raw identifier, or `test` followed by a capital or a digit.
    private static func looksLikeTest(_ name: String) -> Bool {
        if name.hasPrefix("`") { return true }
        guard name.hasPrefix("test"), let next = name.dropFirst(4).first else { return false }
        return next.isUppercase || next.isNumber || next == "_"
    }
}

extension SourceFile {
    /// The names of the attributes of the declaration whose keyword is the token at `index`.
    fileprivate func attributes(before index: Int) -> Set<String> {
        var names: Set<String> = []
        var index = index - 1
        while index >= 0 {
            if word(at: index) == ")" {
                index = opening(of: index) - 1
            } else if word(at: index - 1) == "@" {
                names.insert(word(at: index))
                index -= 2
            } else if word(at: index - 1) == "." {
                names.insert(word(at: index))
                index -= 2
            } else if Self.modifiers.contains(word(at: index)) {
                index -= 1
            } else {
                break
            }
        }
        return names
    }

    private static let modifiers: Set = [
        "private", "fileprivate", "internal", "package", "public", "open", "static", "class", "final", "mutating",
        "nonisolated", "override",
    ]

    private func opening(of closing: Int) -> Int {
        var depth = 0
        var index = closing
        while index >= 0 {
            if word(at: index) == ")" { depth += 1 }
            if word(at: index) == "(" { depth -= 1 }
            if depth == 0 { return index }
            index -= 1
        }
        return 0
    }
}
