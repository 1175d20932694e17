import Testing

@testable import Server

struct CommandLineOptionsTests {
    @Test func `options are known by the names of the environment`() {
        let reading = CommandLineOptions.parse(["--port", "9000", "--database-url=postgresql://a/b?c=d", "--port=0"])
        #expect(
            reading == SettingsReading(values: ["PLINTH_PORT": "0", "DATABASE_URL": "postgresql://a/b?c=d"]))
    }

    @Test func `everything that can't be read is said at once`() {
        let reading = CommandLineOptions.parse([
            "--prot", "9000", "extra", "--host", "--port", "1", "--log-level",
        ])
        #expect(reading.values == ["PLINTH_PORT": "1"])
        let problems = [
            "“--prot” is neither a command nor an option: see --help.",
            "“extra” is neither a command nor an option: see --help.",
            "--host needs a value (text).",
            "--log-level needs a value (trace|debug|info|notice|warning|error|critical).",
        ]
        #expect(reading.problems == problems)
    }

    @Test func `no two settings share an option or a name`() {
        #expect(Set(ConfigurationKey.all.map(\.option)).count == ConfigurationKey.all.count)
        #expect(Set(ConfigurationKey.all.map(\.name)).count == ConfigurationKey.all.count)
    }

    @Test func `the help names every setting`() {
        for key in ConfigurationKey.all {
            #expect(CommandLineOptions.help.contains("\(key.option) <\(key.form)>  \(key.name)\n"))
        }
    }
}
