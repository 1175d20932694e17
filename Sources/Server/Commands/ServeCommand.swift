import ArgumentParser

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server (what happens without a command, too).",
        discussion: CommandLineOptions.help)

    @Flag(help: "Apply pending migrations at start in production as well.")
    var migrate = false

    @OptionGroup var settings: SettingsArguments

    func run() async throws {
        let (configuration, logger) = try settings.load()
        try await ServerProcess(
            configuration: configuration, migrating: migrate || !configuration.isProduction, logger: logger
        ).run()
    }
}
