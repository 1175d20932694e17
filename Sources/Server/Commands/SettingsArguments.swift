import ArgumentParser
import Core
import Foundation
import Logging

/// The settings of the table as options of any command.
struct SettingsArguments: ParsableArguments {
    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp("Settings as --name value; --help lists them.", valueName: "setting"))
    var settings: [String] = []

    var sources: SettingsSources { SettingsSources(arguments: settings) }

    /// Reads the settings, turns logging on and warns of what is most likely misspelt.
    /// - Throws: ``ConfigurationError``.
    func load() throws -> (configuration: ServerConfiguration, logger: Logger) {
        let sources = sources
        let configuration = try sources.configuration()
        let logger = Self.startLogging(configuration)
        for warning in sources.warnings { logger.warning("\(warning)") }
        return (configuration, logger)
    }

    /// To be called once.
    static func startLogging(_ configuration: ServerConfiguration, level: Logger.Level? = nil) -> Logger {
        let level = level ?? configuration.logLevel
        if configuration.isProduction {
            LoggingSystem.bootstrap { ServerLogHandler(label: $0, level: level, format: ProductionLogFormat()) }
        } else {
            LoggingSystem.bootstrap { ServerLogHandler(label: $0, level: level, format: DevelopmentLogFormat()) }
        }
        return Logger(label: "plinth")
    }
}
