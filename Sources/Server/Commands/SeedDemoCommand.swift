import ArgumentParser
import Auth
import Core

struct SeedDemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed-demo", abstract: "Open the account of the demonstration (development only).",
        discussion: CommandLineOptions.help)

    @OptionGroup var settings: SettingsArguments

    func run() async throws {
        let (configuration, logger) = try settings.load()
        guard !configuration.isProduction else {
            throw ConfigurationError(problems: [
                "seed-demo is refused in production, as its password is public: use create-admin instead."
            ])
        }
        let isNew = try await PreparedServer.withDatabase(configuration, logger: logger) { server in
            try await server.accounts.seedDemo().isNew
        }
        Console.say(
            "\(DemoAccount.email.text) \(isNew ? "can sign in now" : "was there already"); "
                + "the password is “\(DemoAccount.password)”.")
    }
}
