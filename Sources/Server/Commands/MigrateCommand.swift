import ArgumentParser
import Core
import PersistencePostgreSQL

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database's schema up to date.",
        discussion: CommandLineOptions.help)

    @Flag(help: "Only say what is applied and what is pending.")
    var status = false

    @OptionGroup var settings: SettingsArguments

    func run() async throws {
        let (configuration, logger) = try settings.load()
        let database = try await OpenDatabase.open(configuration.database, for: .command, logger: logger)
        do {
            let schema = Schema(database.client, time: .system, logger: logger)
            let before = try await schema.status()
            for id in before.applied { Console.say("applied  \(id)") }
            if status {
                for id in before.pending { Console.say("pending  \(id)") }
            } else {
                for id in try await schema.migrate() { Console.say("new      \(id)") }
            }
            Console.say(before.isUpToDate ? "The schema is up to date." : Self.outcome(before.pending.count, status))
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private static func outcome(_ count: Int, _ isStatus: Bool) -> String {
        let number = count == 1 ? "1 migration" : "\(count) migrations"
        return isStatus ? "\(number) pending: run `Server migrate`." : "\(number) done: the schema is up to date."
    }
}
