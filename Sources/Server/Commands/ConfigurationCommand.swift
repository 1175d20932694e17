import ArgumentParser

struct ConfigurationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configuration", abstract: "List all settings.", shouldDisplay: false)

    @Flag(help: "As docs/CONFIGURATION.md has them.")
    var markdown = false

    func run() {
        Console.write(markdown ? ConfigurationReference.markdown : CommandLineOptions.help + "\n", to: 1)
    }
}
