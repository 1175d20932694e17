import Configuration
import Foundation

/// The values of the table's keys from the command line, the environment and `.env`, in that order. An empty value
/// counts as none.
struct Settings: Sendable {
    private let reader: ConfigReader

    init(options: [String: String], environment: [String: String], file: [String: String]) {
        reader = ConfigReader(providers: [options, environment, file].map(Self.provider))
    }

    /// The text of a setting; nil when it is not set.
    func text(_ key: ConfigurationKey) -> String? {
        reader.string(forKey: ConfigKey([key.name]), isSecret: key.isSecret)
    }

    /// The number of a setting; nil when it is not set, or not a number of its range.
    func number(_ key: ConfigurationKey) -> Int? {
        text(key).flatMap { key.problem(with: $0) == nil ? Int($0) : nil }
    }

    /// The items of a list, without white space around them.
    func list(_ key: ConfigurationKey) -> [String] {
        (text(key) ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    /// The names of what is set.
    var names: [String] {
        ConfigurationKey.all.filter { text($0) != nil }.map(\.name)
    }

    /// What is wrong with the form of any value.
    var problems: [String] {
        ConfigurationKey.all.compactMap { key in
            guard let value = text(key), let problem = key.problem(with: value) else { return nil }
            return "\(key.name) \(problem)" + (key.isSecret ? "." : ", not “\(value)”.")
        }
    }

    private static func provider(_ values: [String: String]) -> InMemoryProvider {
        var content: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, value) in values where !value.isEmpty {
            content[AbsoluteConfigKey([name])] = ConfigValue(.string(value), isSecret: false)
        }
        return InMemoryProvider(values: content)
    }
}
