import PostgresClient

/// Which PostgreSQL keeps the data.
struct DatabaseConfiguration: Sendable {
    enum Place: Sendable {
        /// One that somebody else runs.
        case server(url: String, directURL: String?, replicaURL: String?)
        /// One of our own in the data directory.
        case privateCluster(LocalCluster.Configuration)
    }

    let place: Place
    private let poolSize: Int?
    private let isBehindTransactionPooler: Bool

    /// - Parameter searchPath: Where to look for PostgreSQL's programs, as in the variable PATH.
    init(
        _ settings: Settings, dataDirectory: String, isProduction: Bool, searchPath: String, problems: inout [String]
    ) {
        poolSize = settings.number(.databasePoolSize)
        isBehindTransactionPooler = settings.text(.databasePooler) == "transaction"
        func url(_ key: ConfigurationKey) -> String? {
            guard let text = settings.text(key) else { return nil }
            guard let url = DatabaseURL(text) else {
                problems.append("\(key.name) must be a URI such as postgresql://user:password@host:5432/name.")
                return nil
            }
            return isProduction ? url.withStrictTLS : url.text
        }
        let primary = url(.databaseURL)
        let direct = url(.databaseDirectURL)
        let replica = url(.databaseReplicaURL)
        if settings.text(.databaseURL) == nil {
            if isProduction {
                problems.append(
                    """
                    DATABASE_URL is not set: production needs a PostgreSQL of yours, such as \
                    postgresql://user:password@host:5432/name.
                    """)
            }
            for key in [ConfigurationKey.databaseDirectURL, .databaseReplicaURL] where settings.text(key) != nil {
                problems.append("\(key.name) is set without DATABASE_URL: set that too, or remove it.")
            }
        }
        place =
            primary.map { .server(url: $0, directURL: direct, replicaURL: replica) }
            ?? .privateCluster(
                LocalCluster.Configuration(
                    directory: "\(dataDirectory)/postgres", binDirectory: settings.text(.postgresPrograms),
                    searchPath: searchPath))
    }

    /// How to reach the database at `url`, with the other addresses of the configuration.
    func client(url: String) -> PostgresConfiguration {
        var configuration = PostgresConfiguration(url: url, isBehindTransactionPooler: isBehindTransactionPooler)
        if let poolSize { configuration.poolSize = poolSize }
        if case .server(_, let directURL, let replicaURL) = place {
            configuration.directURL = directURL
            configuration.replicaURL = replicaURL
        }
        return configuration
    }
}
