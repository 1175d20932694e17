/// One setting: its name in the environment, what it is for, and how its text is read.
///
/// The table ``ConfigurationKey/all`` makes the command-line options, the help, docs/CONFIGURATION.md and the checks.
struct ConfigurationKey: Sendable {
    enum Kind: Sendable {
        case text
        case number(ClosedRange<Int>)
        case choice([String])
        case list
    }

    /// The environment variable.
    let name: String
    let kind: Kind
    /// What holds when it is not set, as the documentation says it.
    let standard: String
    let summary: String
    /// Whether its value must not be printed or logged.
    let isSecret: Bool

    init(_ name: String, _ kind: Kind, default standard: String, secret: Bool = false, _ summary: String) {
        self.name = name
        self.kind = kind
        self.standard = standard
        self.summary = summary
        isSecret = secret
    }

    /// The command-line option: `PLINTH_PORT` is `--port`, `DATABASE_URL` is `--database-url`.
    var option: String {
        let bare = name.hasPrefix("PLINTH_") ? name.dropFirst("PLINTH_".count) : name[...]
        return "--" + bare.lowercased().replacing("_", with: "-")
    }

    /// What a value looks like, for the help.
    var form: String {
        switch kind {
        case .text: "text"
        case .number(let range): "\(range.lowerBound)…\(range.upperBound)"
        case .choice(let choices): choices.joined(separator: "|")
        case .list: "a,b,…"
        }
    }

    /// Why `value` can't be used; nil when it can.
    func problem(with value: String) -> String? {
        switch kind {
        case .text, .list:
            nil
        case .number(let range):
            Int(value).map(range.contains) ?? false ? nil : "must be a whole number in \(form)"
        case .choice(let choices):
            choices.contains(value) ? nil : "must be one of \(choices.joined(separator: ", "))"
        }
    }
}
