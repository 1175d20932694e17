/// docs/CONFIGURATION.md, made from the table of settings.
enum ConfigurationReference {
    private static let introduction = """
        # Configuration

        <!-- Made from the table in Sources/Server/Configuration by `Server configuration --markdown`. -->

        Settings come from command-line options, environment variables and the file `.env` in the working directory, in
        that order; what is set nowhere has its default, and an empty value counts as not set. All that is wrong is
        reported at once, and the server does not start. Lists are comma-separated.

        A line of `.env` is `NAME=value`, with or without `export` before it; `#` begins a comment, and a value in single
        or double quotes is taken as it is. The variables of libpq (`PG*`), proxies (`*_proxy`) and `LOG_LEVEL` are
        ignored.

        | Variable | Option | Values | Default | Meaning |
        | --- | --- | --- | --- | --- |

        """

    static var markdown: String {
        introduction + ConfigurationKey.all.map { row($0) + "\n" }.joined()
    }

    private static func row(_ key: ConfigurationKey) -> String {
        let secret = key.isSecret ? " Secret: never printed." : ""
        let cells = ["`\(key.name)`", "`\(key.option)`", values(key), key.standard, key.summary + secret]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private static func values(_ key: ConfigurationKey) -> String {
        switch key.kind {
        case .text: "text"
        case .number(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .choice(let choices): choices.map { "`\($0)`" }.joined(separator: ", ")
        case .list: "list"
        }
    }
}
