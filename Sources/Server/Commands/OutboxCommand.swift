import ArgumentParser
import Auth
import Core
import Mail

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Show the newest mails and the links in them.",
        discussion: CommandLineOptions.help)

    @Option(help: "Only those to this address.")
    var to: String?

    @Option(help: "How many at most.")
    var limit = 10

    @OptionGroup var settings: SettingsArguments

    func run() async throws {
        let (configuration, logger) = try settings.load()
        guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
        let recipient = try to.map { text in
            guard let address = try? EmailAddress(parsing: text) else {
                throw ValidationError("“\(text)” is no e-mail address.")
            }
            return address
        }
        let limit = limit
        let mails = try await PreparedServer.withDatabase(configuration, logger: logger) { server in
            try await server.outbox.newest(to: recipient, limit: limit)
        }
        if mails.isEmpty { Console.say("No mail is here.") }
        for mail in mails {
            Console.say("\(mail.sentAt)  to \(mail.message.to.text)  \(mail.message.subject)")
            for link in mail.message.links { Console.say("    \(link)") }
        }
    }
}
