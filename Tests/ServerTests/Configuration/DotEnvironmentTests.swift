import Testing

@testable import Server

struct DotEnvironmentTests {
    @Test(
        arguments: [
            ("A=1", "1"),
            ("  A = 1  ", nil),
            ("A=  1  ", "1"),
            ("export A=1", "1"),
            ("export\tA=1", "1"),
            ("A=\"two words\" # why", "two words"),
            ("A='# none, $HOME'", "# none, $HOME"),
            ("A=b#c", "b#c"),
            ("A=b # c", "b"),
            ("A= # c", ""),
            ("A=", ""),
            ("A=x=y", "x=y"),
            ("A=\"open", nil),
            ("A=\"a\" b", nil),
            ("A", nil),
            ("=1", nil),
            ("A B=1", nil),
            ("Ä=1", nil),
        ] as [(String, String?)])
    func `a line is read as it is meant`(_ line: String, _ value: String?) {
        let expected =
            value.map { SettingsReading(values: ["A": $0]) }
            ?? SettingsReading(problems: [".env line 1 is not NAME=value: correct or remove it."])
        #expect(DotEnvironment.parse(line) == expected)
    }

    @Test func `comments, empty lines, line ends of Windows and a byte order mark do no harm`() {
        let text = "\u{FEFF}A=1\r\n\r\n# B=2\r\nC='3'\r\n"
        #expect(DotEnvironment.parse(text) == SettingsReading(values: ["A": "1", "C": "3"]))
    }

    @Test func `every bad line is named, and the good ones count`() {
        let reading = DotEnvironment.parse("A=1\nB\n\nC D=\n")
        let problems = [2, 4].map { ".env line \($0) is not NAME=value: correct or remove it." }
        #expect(reading == SettingsReading(values: ["A": "1"], problems: problems))
    }

    @Test func `no file is no settings, an unreadable one is a problem`() async throws {
        #expect(DotEnvironment.read(path: "/nowhere/.env") == SettingsReading())
        try await withTemporaryDirectory { directory in
            let problem = "\(directory) can't be read as UTF-8 text: correct or remove it."
            #expect(DotEnvironment.read(path: directory) == SettingsReading(problems: [problem]))
        }
    }
}
