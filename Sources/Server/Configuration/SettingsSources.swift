/// Everything that settings are read from, read once.
struct SettingsSources: Sendable {
    let settings: Settings
    /// What could not even be read.
    let problems: [String]
    /// What was read and means nothing.
    let warnings: [String]
    private let searchPath: String

    init(
        arguments: [String], environment: [String: String] = ProcessEnvironment.variables, file path: String = ".env"
    ) {
        let options = CommandLineOptions.parse(arguments)
        let file = DotEnvironment.read(path: path)
        settings = Settings(options: options.values, environment: environment, file: file.values)
        problems = options.problems + file.problems
        warnings = UnknownVariables.warnings(about: Set(environment.keys).union(file.values.keys))
        searchPath = environment["PATH"] ?? ""
    }

    /// - Throws: ``ConfigurationError`` with all that is wrong anywhere.
    func configuration() throws(ConfigurationError) -> ServerConfiguration {
        let configuration: ServerConfiguration
        do throws(ConfigurationError) {
            configuration = try ServerConfiguration(settings, searchPath: searchPath)
        } catch {
            throw ConfigurationError(problems: problems + error.problems)
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return configuration
    }
}
