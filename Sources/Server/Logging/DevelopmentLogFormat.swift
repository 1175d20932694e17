import Core
import Foundation
import Logging

/// One line a message for a person to read: time, level, what happened, where, and `key=value`.
struct DevelopmentLogFormat: LogFormat {
    func line(_ entry: LogEntry) -> String {
        let level = entry.level.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
        let line = "\(entry.time) \(level) \(entry.message) [\(entry.label)]"
        return entry.fields.reduce(Self.onOneLine(line)) { "\($0) \($1.key)=\(Self.onOneLine("\($1.value)"))" }
    }

    /// Without what would begin another line or steer a terminal.
    private static func onOneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { !SingleLine.allows($0) }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { SingleLine.allows($0) ? $0 : " " }))
    }
}
