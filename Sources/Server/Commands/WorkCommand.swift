import ArgumentParser

struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "Do jobs only, beside servers and other workers.",
        discussion: CommandLineOptions.help)

    @OptionGroup var settings: SettingsArguments

    func run() async throws {
        let (configuration, logger) = try settings.load()
        try await ServerProcess(
            configuration: configuration, role: .worker, migrating: !configuration.isProduction, logger: logger
        ).run()
    }
}
