import Auth
import Core
import Logging
import PostgresClient

/// Checks what the server needs, without changing anything but that it starts the private PostgreSQL for the time of
/// the check.
struct Doctor: Sendable {
    let sources: SettingsSources
    var time: TimeSource = .system

    /// All findings, in the order in which the server would run into them.
    func findings() async -> [Finding] {
        var findings = sources.warnings.map { Finding.doubtful("settings", $0) }
        let configuration: ServerConfiguration
        do {
            configuration = try sources.configuration()
        } catch {
            return findings + error.problems.map { Finding.bad("settings", $0) }
        }
        let names = sources.settings.names
        findings.append(
            .good(
                "settings",
                "\(configuration.environmentName), \(names.isEmpty ? "all by default" : names.joined(separator: ", "))")
        )
        // What goes wrong is said by the findings.
        let logger = SettingsArguments.startLogging(configuration, level: .critical)
        if configuration.usesDataDirectory { findings += Disk(path: configuration.dataDirectory).findings }
        let keys = Self.masterKeys(configuration)
        findings.append(keys.finding)
        var isServed = false
        do {
            if case .privateCluster(let place) = configuration.database.place {
                isServed = try await LocalCluster.running(place) != nil
            }
            let database = try await OpenDatabase.open(configuration.database, for: .command, logger: logger)
            findings += await DatabaseExamination(
                database: database, configuration: configuration, masterKeys: keys.keys, time: time, logger: logger
            ).findings()
            await database.close()
        } catch {
            findings.append(.bad("database", Explanation.sentence(for: error)))
        }
        findings.append(Self.port(configuration.http, isServed: isServed))
        return findings
    }

    private static func masterKeys(_ configuration: ServerConfiguration) -> (keys: MasterKeys?, finding: Finding) {
        let subject = "master key"
        if let keys = configuration.secrets.masterKeys { return (keys, .good(subject, "PLINTH_SECRET_KEY")) }
        let development = DevelopmentKey(dataDirectory: configuration.dataDirectory)
        do {
            let keys = try development.read()
            return (keys, .good(subject, "\(development.path)\(keys == nil ? " will be made at the first start" : "")"))
        } catch {
            return (nil, .bad(subject, error.description))
        }
    }

    private static func port(_ http: HTTPConfiguration, isServed: Bool) -> Finding {
        do {
            let port = try ListeningPort.find(host: http.host, port: http.port)
            return .good("port", "\(http.host) port \(port) is free")
        } catch StartError.portTaken where isServed {
            return .good("port", "\(http.host) port \(http.port) is taken, as a server runs on this data")
        } catch {
            return .bad("port", error.description)
        }
    }
}
