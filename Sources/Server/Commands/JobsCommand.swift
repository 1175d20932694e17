import ArgumentParser
import Core
import Jobs

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Look at jobs, and start or cancel them.",
        subcommands: [List.self, Retry.self, Cancel.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List jobs, the newest first.", discussion: CommandLineOptions.help)

        @Option(
            help: "Only those that are available, running, finished, parked or cancelled.",
            transform: JobsCommand.state)
        var state: JobState?

        @Option(help: "Only those of this name, such as mail.send.")
        var name: String?

        @Option(help: "How many at most.")
        var limit = 20

        @OptionGroup var settings: SettingsArguments

        func run() async throws {
            let (configuration, logger) = try settings.load()
            guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
            let (state, name, limit) = (state, name, limit)
            let jobs = try await PreparedServer.withDatabase(configuration, logger: logger) { server in
                try await server.jobs.list(state: state, name: name, page: PageRequest(limit: limit)).items
            }
            if jobs.isEmpty { Console.say("No such job is here.") }
            for job in jobs { Console.say(job.line) }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a parked or cancelled job available again, with all its attempts.",
            discussion: CommandLineOptions.help)

        @Argument(help: "The job's id, as `jobs list` shows it.")
        var id: String

        @OptionGroup var settings: SettingsArguments

        func run() async throws {
            try await JobsCommand.act(on: id, settings) { try await $0.retry($1, by: nil, origin: .none) }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take back a job that waits.", discussion: CommandLineOptions.help)

        @Argument(help: "The job's id, as `jobs list` shows it.")
        var id: String

        @OptionGroup var settings: SettingsArguments

        func run() async throws {
            try await JobsCommand.act(on: id, settings) { try await $0.cancel($1, by: nil, origin: .none) }
        }
    }

    private static func state(_ text: String) throws -> JobState {
        guard let state = JobState(rawValue: text) else {
            throw ValidationError("“\(text)” is none of \(JobState.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return state
    }

    private static func act(
        on text: String, _ settings: SettingsArguments,
        _ act: @escaping @Sendable (JobAdministration, ID<Job>) async throws -> JobRecord?
    ) async throws {
        let (configuration, logger) = try settings.load()
        guard let id = Core.ID<Job>(text) else { throw ValidationError("“\(text)” is no id of a job.") }
        let job = try await PreparedServer.withDatabase(configuration, logger: logger) { server in
            do {
                return try await act(server.jobs, id)
            } catch let refusal as JobRefusal {
                throw ValidationError("That is not possible: the job is \(refusal.state.rawValue).")
            }
        }
        guard let job else { throw ValidationError("There is no job \(text).") }
        Console.say(job.line)
    }
}

extension JobRecord {
    /// What an operator reads of a job on one line.
    fileprivate var line: String {
        let error =
            lastError.map { "  \($0.prefix(200).split(whereSeparator: \.isNewline).joined(separator: " "))" } ?? ""
        return "\(job.id)  \(state.rawValue)  \(job.name)  attempt \(attempts) of \(job.maxAttempts)  "
            + "\(job.runAt)\(error)"
    }
}
