import ArgumentParser
import Logging

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the configuration and everything the server depends on, and say what is wrong.",
        discussion: CommandLineOptions.help)

    @OptionGroup var settings: SettingsArguments

    func run() async throws {
        let findings = await Doctor(sources: settings.sources).findings()
        for finding in findings { Console.say(finding.text) }
        let failures = findings.filter { $0.verdict == .bad }.count
        guard failures > 0 else { return Console.say("\nEverything is as it should be.") }
        Console.say("\n\(failures == 1 ? "One thing is" : "\(failures) things are") wrong.")
        throw ExitCode.failure
    }
}
