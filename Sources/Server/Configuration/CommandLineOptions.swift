/// Settings given as `--name value` or `--name=value`.
enum CommandLineOptions {
    /// Of an option given twice the last counts. An option that is not in the table or has no value is a problem.
    static func parse(_ arguments: [String]) -> SettingsReading {
        var reading = SettingsReading()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let option = parts.first, let key = ConfigurationKey.all.first(where: { $0.option == option }) else {
                reading.problems.append("“\(parts.first ?? "")” is neither a command nor an option: see --help.")
                // What follows was meant as its value.
                if argument.hasPrefix("--"), parts.count == 1, rest.first?.hasPrefix("-") == false {
                    rest.removeFirst()
                }
                continue
            }
            if parts.count == 2 {
                reading.values[key.name] = String(parts[1])
            } else if let value = rest.first, !value.hasPrefix("--") {
                reading.values[key.name] = value
                rest.removeFirst()
            } else {
                reading.problems.append("\(key.option) needs a value (\(key.form)).")
            }
        }
        return reading
    }

    /// The options as the help shows them.
    static var help: String {
        let options = ConfigurationKey.all.map { key in
            "  \(key.option) <\(key.form)>  \(key.name)\n      \(key.summary)\n      Default: \(key.standard)."
        }
        return "Settings come from these options, the environment and the file .env, in that order:\n\n"
            + options.joined(separator: "\n")
    }
}
