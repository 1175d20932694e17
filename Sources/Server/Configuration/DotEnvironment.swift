import Foundation

/// The `.env` file: `NAME=value` a line, `#` comments, an optional `export`, values in single or double quotes.
///
/// What is in quotes is taken as it is: no escapes, no variables.
enum DotEnvironment {
    /// The settings in the file; none when there is no file. Each line that can't be read is a problem.
    static func read(path: String) -> SettingsReading {
        guard FileManager.default.fileExists(atPath: path) else { return SettingsReading() }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            return SettingsReading(problems: ["\(path) can't be read as UTF-8 text: correct or remove it."])
        }
        return parse(text)
    }

    static func parse(_ text: String) -> SettingsReading {
        var reading = SettingsReading()
        let lines = text.trimmingPrefix("\u{FEFF}").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if let (name, value) = assignment(line) {
                reading.values[name] = value
            } else {
                reading.problems.append(".env line \(index + 1) is not NAME=value: correct or remove it.")
            }
        }
        return reading
    }

    private static func assignment(_ line: String) -> (name: String, value: String)? {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        var words = parts[0].split(whereSeparator: \.isWhitespace)
        if words.count == 2, words[0] == "export" { words.removeFirst() }
        guard words.count == 1, let name = words.first, !parts[0].hasSuffix(" "),
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        else { return nil }
        return value(String(parts[1])).map { (String(name), $0) }
    }

    /// Nil for a quote that is not closed, or is followed by more than a comment.
    private static func value(_ text: String) -> String? {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard let quote = trimmed.first, quote == "\"" || quote == "'" else {
            let end = text.range(of: "(^|\\s)#", options: .regularExpression)?.lowerBound ?? text.endIndex
            return text[..<end].trimmingCharacters(in: .whitespaces)
        }
        let content = trimmed.dropFirst()
        guard let end = content.firstIndex(of: quote) else { return nil }
        let rest = content[content.index(after: end)...].trimmingCharacters(in: .whitespaces)
        return rest.isEmpty || rest.hasPrefix("#") ? String(content[..<end]) : nil
    }
}
