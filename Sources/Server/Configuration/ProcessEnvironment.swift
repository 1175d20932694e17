import Foundation

/// The environment variables of this process: read here and nowhere else.
enum ProcessEnvironment {
    static var variables: [String: String] { ProcessInfo.processInfo.environment }

    /// Removes what libraries would take as settings of their own: libpq's PG*, the proxies of HTTP clients,
    /// Hummingbird's LOG_LEVEL. To be called before any other thread runs, as the environment has no lock.
    static func removeForeignSettings() {
        for name in variables.keys where isForeign(name) { unsetenv(name) }
    }

    static func isForeign(_ name: String) -> Bool {
        name.hasPrefix("PG") || name.lowercased().hasSuffix("_proxy") || name == "LOG_LEVEL"
    }
}
