import ArgumentParser
import Auth
import Core

struct CreateAdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create-admin", abstract: "Open the account of an administrator.",
        discussion: CommandLineOptions.help)

    @Option(help: "Address to sign in with; taken for proven.")
    var email: String

    @Option(help: "First name.")
    var firstName = "Plinth"

    @Option(help: "Last name.")
    var lastName = "Administrator"

    @Flag(help: "Read the password from standard input instead of asking for it.")
    var passwordStdin = false

    @OptionGroup var settings: SettingsArguments

    func run() async throws {
        let (configuration, logger) = try settings.load()
        guard let address = try? EmailAddress(parsing: email) else {
            throw ValidationError("“\(email)” is no e-mail address.")
        }
        guard let firstName = PersonName(firstName), let lastName = PersonName(lastName) else {
            throw ValidationError("A name has 1 to 100 characters on one line.")
        }
        let password = try passwordStdin ? PasswordInput.readLine() : PasswordInput.ask()
        let registration = Registration(email: address, firstName: firstName, lastName: lastName)
        let user = try await PreparedServer.withDatabase(configuration, logger: logger) { server in
            try await server.accounts.createSuperuser(registration, password: password)
        }
        Console.say("\(user.email.text) can sign in as an administrator now (id \(user.id)).")
    }
}
