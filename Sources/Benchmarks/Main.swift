import ArgumentParser

/// Measures Plinth against what it stands on. Ratios of one run; nothing here is a test.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "Benchmarks",
        abstract: "What `make bench` runs.",
        subcommands: [
            Selects.self, Hello.self, JobRuns.self, Logins.self, Argon2Loop.self, Soak.self, SoakWorker.self,
        ])
}
