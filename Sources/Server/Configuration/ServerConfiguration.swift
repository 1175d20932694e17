import Logging

/// All settings, checked: one struct a concern.
struct ServerConfiguration: Sendable {
    private static let usualDataDirectory = "./.plinth"

    let isProduction: Bool
    let dataDirectory: String
    let http: HTTPConfiguration
    let database: DatabaseConfiguration
    let secrets: SecretConfiguration
    let accounts: AccountConfiguration
    let mail: MailConfiguration
    let providers: ProviderConfiguration
    let webhooks: WebhookConfiguration
    let logLevel: Logger.Level

    /// - Throws: ``ConfigurationError`` with all that is wrong.
    init(_ settings: Settings, searchPath: String = "") throws(ConfigurationError) {
        var problems = settings.problems
        isProduction = settings.text(.environment) == "production"
        dataDirectory = settings.text(.dataDirectory) ?? Self.usualDataDirectory
        http = HTTPConfiguration(settings, isProduction: isProduction, problems: &problems)
        database = DatabaseConfiguration(
            settings, dataDirectory: dataDirectory, isProduction: isProduction, searchPath: searchPath,
            problems: &problems)
        secrets = SecretConfiguration(settings, isProduction: isProduction, problems: &problems)
        accounts = AccountConfiguration(settings, isProduction: isProduction, problems: &problems)
        providers = ProviderConfiguration(settings, isProduction: isProduction, problems: &problems)
        webhooks = WebhookConfiguration(settings, isProduction: isProduction, problems: &problems)
        mail = MailConfiguration(settings, isProduction: isProduction, problems: &problems)
        logLevel = settings.text(.logLevel).flatMap(Logger.Level.init(rawValue:)) ?? .info
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
    }

    /// Where files are kept.
    var filesDirectory: String { "\(dataDirectory)/files" }

    /// Whether anything is kept in the data directory that the server can't start without.
    var usesDataDirectory: Bool {
        if case .privateCluster = database.place { return true }
        return secrets.masterKeys == nil
    }

    /// What the environment is called in the table.
    var environmentName: String { isProduction ? "production" : "development" }
}
