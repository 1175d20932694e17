import ArgumentParser
import Auth
import Core
import Persistence

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Show, rotate and revoke signing keys; seal secrets anew.",
        subcommands: [List.self, Rotate.self, Revoke.self, Reseal.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the keys that access tokens are signed with, oldest first.",
            discussion: CommandLineOptions.help)

        @OptionGroup var settings: SettingsArguments

        func run() async throws {
            let keys = try await settings.onComposition { try await $0.ring.list() }
            if keys.isEmpty { Console.say("There is none: the first server that starts makes one.") }
            for key in keys { Console.say(key.line) }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add the next signing key before its time.",
            discussion: "It is published at once and signs a day later. Servers rotate by themselves every 90 days.")

        @OptionGroup var settings: SettingsArguments

        func run() async throws {
            let key = try await settings.onComposition { try await $0.ring.rotate() }
            Console.say(key.map(\.line) ?? "Nothing to do: the next key is published already (see `Server keys list`).")
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Kill a signing key whose private part may be known.",
            discussion: """
                What it signed is refused at once; people refresh their tokens and go on. Servers that hear no \
                notifications, as behind a pooler, know it within a minute.
                """)

        @Argument(help: "The id, as `Server keys list` shows it.")
        var keyID: String

        @OptionGroup var settings: SettingsArguments

        func run() async throws {
            let keyID = keyID
            guard try await settings.onComposition({ try await $0.ring.revoke(keyID) }) else {
                throw ValidationError("There is no such key that is not revoked: see `Server keys list`.")
            }
            Console.say("\(keyID) is dead.")
        }
    }

    struct Reseal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal every secret under the first key of PLINTH_SECRET_KEY.",
            discussion: "Then the others can be taken off the list. It may be interrupted, and run beside servers.")

        @OptionGroup var settings: SettingsArguments

        func run() async throws {
            let report = try await settings.onComposition { try await $0.resealing.run() }
            Console.say(
                "Sealed anew: \(report.signingKeys) signing keys, \(report.authenticators) authenticators, "
                    + "\(report.webhooks) webhooks. Every secret is under the first master key now.")
        }
    }
}

extension SettingsArguments {
    /// Runs a command's work on the database of the settings.
    fileprivate func onComposition<Result: Sendable>(
        _ work: @Sendable (Composition) async throws -> Result
    ) async throws -> Result {
        let (configuration, logger) = try load()
        return try await PreparedServer.withDatabase(configuration, logger: logger, work)
    }
}

extension SealedSigningKey {
    /// One line for people.
    fileprivate var line: String {
        let end = revokedAt.map { "revoked \($0)" } ?? "retires \(retiresAt)"
        return "\(keyID)  made \(createdAt)  signs from \(activeFrom)  \(end)"
    }
}
