import ArgumentParser
import Foundation
import NIOCore

/// Parses a command and runs it.
@main
enum Main {
    @MainActor
    static func main() async {
        ProcessEnvironment.removeForeignSettings()
        Scheduling.preferThroughput()
        // As many event loops as processors this process may use: NIO counts those of the machine, and on one
        // processor a second loop only costs switches.
        NIOSingletons.groupLoopCountSuggestion = ProcessInfo.processInfo.activeProcessorCount
        await run()
    }

    private static func run() async {
        let command: any ParsableCommand
        do {
            command = try PlinthCommand.parseAsRoot()
        } catch {
            PlinthCommand.exit(withError: error)
        }
        do {
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
        } catch let error where error is ExitCode || PlinthCommand.exitCode(for: error) != .failure {
            // A request for help, a wrong argument, or said already.
            PlinthCommand.exit(withError: error)
        } catch {
            Console.warn("Error: \(Explanation.sentence(for: error))")
            exit(EXIT_FAILURE)
        }
    }
}

/// The command line: one subcommand a thing to do, `serve` without one.
struct PlinthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Server", abstract: "Plinth: the backend of a SaaS product.",
        subcommands: [
            ServeCommand.self, WorkCommand.self, MigrateCommand.self, CreateAdminCommand.self, SeedDemoCommand.self,
            DoctorCommand.self,
            OutboxCommand.self, JobsCommand.self, KeysCommand.self, AuditCommand.self,
            ConfigurationCommand.self,
        ],
        defaultSubcommand: ServeCommand.self)
}
