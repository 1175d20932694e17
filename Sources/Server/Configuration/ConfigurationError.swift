/// Settings that can't be used: every one of them at once, each with what to do.
struct ConfigurationError: Error, CustomStringConvertible, Equatable {
    let problems: [String]

    var description: String {
        problems.count == 1
            ? problems[0] : "These settings can't be used:\n" + problems.map { "- \($0)" }.joined(separator: "\n")
    }
}
